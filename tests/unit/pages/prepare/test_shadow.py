import cv2
import numpy as np
import pytest

from invoicewatch.pages.prepare.shadow import lift_shadow

WIDTH, HEIGHT = 700, 1000


def print_page(paper=240):
    page = np.full((HEIGHT, WIDTH), paper, np.uint8)
    rng = np.random.default_rng(2)
    for top in range(60, HEIGHT - 60, 30):
        for left in range(60, WIDTH - 100, 70):
            page[top : top + 12, left : left + int(rng.integers(15, 60))] = 20
    return page


def shade(page, depth):
    """A soft-edged shadow over the right half."""
    x = np.arange(WIDTH)[None, :] - WIDTH / 2
    return (page * (1 - depth / (1 + np.exp(-x / 40)))).astype(np.uint8)


def test_paper_in_deep_shadow_becomes_as_light_as_the_rest():
    lifted = lift_shadow(shade(print_page(), 0.6))
    paper = print_page() > 200
    dark, light = lifted[:, 600:][paper[:, 600:]], lifted[:, :100][paper[:, :100]]
    assert np.median(dark) == pytest.approx(np.median(light), abs=15)


def test_print_in_shadow_stays_darker_than_the_paper():
    lifted = lift_shadow(shade(print_page(), 0.6))
    ink = print_page() < 100
    assert lifted[ink].max() < 0.5 * np.percentile(lifted, 50)


@pytest.mark.parametrize("depth", [0.0, 0.15])
def test_even_light_stays_as_it_is(depth):
    page = shade(print_page(), depth)
    assert lift_shadow(page) is page


def scan(page, shade, seed=3):
    """The light falls off by ``shade`` grey levels from corner to corner, and the sensor has its grain."""
    fall = shade * (np.linspace(0, 0.5, WIDTH)[None, :] + np.linspace(0, 0.5, HEIGHT)[:, None])
    grain = np.random.default_rng(seed).normal(0, 9, page.shape)
    return np.clip(page - fall + grain, 0, 255).astype(np.uint8)


def split_paper(page):
    """The share of the paper that one level of grey for all (Otsu's) takes for ink."""
    level, _ = cv2.threshold(page, 0, 255, cv2.THRESH_OTSU)
    return float((page[print_sparse() > 200] <= level).mean())


def print_sparse():
    page = np.full((HEIGHT, WIDTH), 240, np.uint8)
    for top in range(100, 700, 60):
        page[top : top + 2, 60:120] = 60
    return page


@pytest.mark.parametrize("shade", [35, 50])
def test_shade_that_outweighs_little_print_is_evened_out(shade):
    page = scan(print_sparse(), shade)
    assert split_paper(page) > 0.2
    assert split_paper(lift_shadow(page)) < 0.001


@pytest.mark.parametrize("shade", [0, 35, 50])
def test_on_a_page_full_of_print_such_shade_stays(shade):
    page = scan(print_page(), shade)
    assert lift_shadow(page) is page


def test_dark_bars_and_headings_are_no_shadow():
    page = print_page()
    page[100:150] = 40
    page[300:340, 50:650] = 90
    assert lift_shadow(page) is page


def test_the_dark_lid_of_a_scanner_is_no_shadow():
    page = print_page()
    page[:, :150] = 25
    page[800:] = 15
    assert lift_shadow(page) is page


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 2), (40, 40)])
@pytest.mark.parametrize("level", [0, 255])
def test_pages_of_any_size_come_back_whole(shape, level):
    page = np.full(shape, level, np.uint8)
    assert np.array_equal(page, lift_shadow(page))

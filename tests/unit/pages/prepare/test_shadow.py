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

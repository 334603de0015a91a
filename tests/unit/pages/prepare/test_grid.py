import numpy as np
import pytest

from invoicewatch.pages.prepare.grid import erase_grid

WIDTH, HEIGHT = 1200, 1600


@pytest.fixture
def page():
    return np.full((HEIGHT, WIDTH), 245, dtype=np.uint8)


def frame(page, rows, columns, *, thickness=2, ink=30):
    """Rule a table of ``rows`` by ``columns`` cells."""
    for y in np.linspace(200, 1400, rows + 1, dtype=int):
        page[y : y + thickness, 100:1100] = ink
    for x in np.linspace(100, 1098, columns + 1, dtype=int):
        page[200:1400, x : x + thickness] = ink


def write(page, x, y):
    """Something of the size of a word: strokes far shorter than a rule."""
    for stroke in range(0, 60, 12):
        page[y : y + 24, x + stroke : x + stroke + 4] = 20
        page[y + 10 : y + 13, x + stroke : x + stroke + 10] = 20


@pytest.mark.parametrize("thickness", [1, 2, 4])
def test_the_rules_of_a_framed_table_go(page, thickness):
    frame(page, 6, 4, thickness=thickness)
    erased = erase_grid(page)
    assert erased.min() > 200


def test_words_in_the_cells_stay(page):
    words = page.copy()
    for x in range(140, 1000, 250):
        for y in range(260, 1300, 200):
            write(words, x, y)
    framed = words.copy()
    frame(framed, 6, 4)
    assert np.array_equal(erase_grid(framed) < 100, words < 100)


def test_a_page_without_a_table_comes_back_itself(page):
    write(page, 300, 300)
    page[500:502, 100:1100] = 20
    page[900:902, 600:1100] = 20
    assert erase_grid(page) is page


def test_a_box_around_a_sum_is_no_table(page):
    frame(page, 2, 1)
    assert erase_grid(page) is page


def test_a_dark_bar_with_words_on_it_stays(page):
    frame(page, 6, 4)
    page[210:250, 110:1090] = 60
    erased = erase_grid(page)
    assert erased[230, 600] == 60
    assert erased[800, 102] > 200


def test_rules_in_a_shadow_are_found(page):
    frame(page, 6, 4)
    shade = np.linspace(1.0, 0.5, WIDTH)[None, :]
    shaded = (page * shade).astype(np.uint8)
    erased = erase_grid(shaded)
    row = erased[700].astype(int)
    assert np.abs(np.diff(row)).max() < 30


def test_the_page_given_is_not_changed(page):
    frame(page, 6, 4)
    before = page.copy()
    erase_grid(page)
    assert np.array_equal(before, page)

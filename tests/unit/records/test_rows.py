from dataclasses import dataclass, replace
from statistics import median

import pytest

from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import Box, Transform
from invoicewatch.records.rows import group_rows
from invoicewatch.records.slant import Slant
from invoicewatch.samples.free.sample import free_reading


@dataclass(frozen=True)
class Item:
    name: str
    box: Box


def lay(slope):
    """Three rows of a label and an amount far to its right, on a page that lies askew."""
    places = [(name, x, row) for row in range(3) for name, x in ((f"label {row}", 0.1), (f"amount {row}", 0.8))]
    return [
        Item(name, Box(x, 0.2 + 0.03 * row + slope * x, x + 0.1, 0.22 + 0.03 * row + slope * x))
        for name, x, row in places
    ]


@pytest.mark.parametrize("slope", [0.0, 0.05, -0.05])
def test_rows_hold_together_on_a_page_that_lies_askew(slope):
    rows = group_rows(lay(slope), Slant(slope))
    assert [["label 0", "amount 0"], ["label 1", "amount 1"], ["label 2", "amount 2"]] == [
        [item.name for item in row] for row in rows
    ]


def test_the_slope_of_a_transform_is_that_of_its_level_lines():
    turned = Transform(0.001, 0.0, 0.0, -0.00005, 0.0008, 0.1)
    left, right = turned.apply(0, 500), turned.apply(1000, 500)
    assert turned.slope == pytest.approx((right[1] - left[1]) / (right[0] - left[0]))
    assert Transform.scale(1000, 800).slope == 0


def lay_close(*lines, pitch=0.02, height=0.042, climb=0.0, char=0.012):
    """Centred lines of words whose boxes have so much air that each overlaps the lines above and below by half."""
    for number, line in enumerate(lines):
        x = 0.5 - char * len(line) / 2
        for word in line.split():
            y = 0.2 + pitch * number + climb * (x - 0.5) ** 2
            yield Item(word, Box(x, y, x + char * len(word), y + height))
            x += char * (len(word) + 1)


def spell(rows):
    return [" ".join(item.name for item in row) for row in rows]


def test_lines_set_close_are_not_strung_together():
    lines = ["NORTH STAR MARKET", "12-14 HARBOUR STREET", "LEITH EH6 4PQ", "TEL 0131 496 0123 OPEN DAILY"]
    assert lines == spell(group_rows(lay_close(*lines)))


def test_lines_set_close_on_a_sheet_that_bulges_keep_their_words():
    lines = ["NORTH STAR MARKET OF LEITH", "12-14 HARBOUR STREET", "TEL 0131 496 0123 OPEN DAILY"]
    assert lines == spell(group_rows(lay_close(*lines, climb=0.15)))


def test_what_two_engines_saw_of_one_thing_stays_on_one_row():
    twice = [Item("Total", Box(0.1, 0.2, 0.3, 0.23)), Item("Tota1", Box(0.11, 0.202, 0.31, 0.232))]
    assert ["Total Tota1"] == spell(group_rows(twice))


def test_a_gap_wider_than_the_reach_parts_a_row():
    assert ["label 0", "amount 0"] == spell(group_rows(lay(0.0), reach=0.3))[:2]
    assert ["label 0 amount 0"] == spell(group_rows(lay(0.0)))[:1]


@pytest.mark.parametrize("seed", range(910_010, 910_020))
def test_cells_of_drawn_pages_keep_together_however_much_air_is_around_their_words(seed):
    reading = free_reading(seed)[0][0]
    air = 1.2 * median(word.box.height for word in reading.words)
    airy = [replace(word, box=word.box._replace(y0=word.box.y0 - air, y1=word.box.y1 + air)) for word in reading.words]
    rows = [" ".join(word.text for word in row) for row in group_rows(airy)]
    cells = [row.join(*cell) for row in view_page(reading).rows for cell in row.cells]
    assert [] == [cell for cell in cells if not any(cell in row for row in rows)]

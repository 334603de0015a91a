"""Lines as tills print them."""

import pytest

TOTAL = (
    "TOTAL                           7.30\nCASH                           10.00\nCHANGE                          2.70"
)
SUMS = {"total": "7.30"}


def receipt(*rows):
    return "CORNER SHOP\n12.03.2026   14:05\n\n" + "\n".join(rows) + "\n" + TOTAL


@pytest.mark.parametrize(
    "rows",
    [
        ("Milk", " 2 x 1.50                       3.00", "Bread                           4.30"),
        (" 2 x 1.50", "Milk                            3.00", "Bread                           4.30"),
        ("Milk                            3.00", "  2 @ 1.50", "Bread                           4.30"),
        ("MILK X2                         3.00 A", "BREAD                           4.30 A"),
        ("955011 Milk", "  2 x 1.50                      3.00", "Bread                           4.30"),
        ("Milk          2    1.50         3.00", "Bread         1    4.30         4.30"),
        ("2  Milk       1.50              3.00", "Bread                            4.30"),
    ],
)
def test_a_count_stands_beside_above_or_below_its_line(find, tell, rows):
    lines = find(receipt(*rows), **SUMS).lines
    assert [("milk", "2", "3.00"), ("bread", "4.30")] == [
        (lines[0].description.casefold(), str(lines[0].quantity), str(lines[0].gross)),
        (lines[1].description.casefold(), str(lines[1].gross)),
    ]
    assert all(line.verified for line in lines)


def test_a_count_before_every_name_is_one(find, tell):
    lines = find(receipt("2 Milk                          3.00", "1 Bread                         4.30"), **SUMS).lines
    assert [("Milk", "2"), ("Bread", "1")] == [(line.description, str(line.quantity)) for line in lines]


def test_a_size_is_no_count(find):
    rows = ("Shelf 20 x 10                   3.00", "Bread                           4.30")
    assert [("Shelf 20 x 10", None), ("Bread", None)] == [
        (line.description, line.quantity) for line in find(receipt(*rows), **SUMS).lines
    ]


def test_what_is_taken_off_a_line_lowers_it(find):
    rows = ("Milk                            4.00", "Discount                       -1.00", "Bread       4.30")
    assert ["3.00", "4.30"] == [str(line.gross) for line in find(receipt(*rows), **SUMS).lines]


def test_lines_that_do_not_make_the_total_are_none_at_all(find):
    rows = ("Milk                            3.00", "Bread                           4.20")
    assert () == find(receipt(*rows), **SUMS).lines


def test_a_tax_is_no_line_that_was_sold(find):
    rows = ("Milk                            3.00", "Bread                           3.90", "VAT 5.8 %        0.40")
    assert () == find(receipt(*rows), **SUMS).lines
    lines = find(receipt(*rows), **SUMS, net_total="6.90", tax_total="0.40").lines
    assert ["Milk", "Bread"] == [line.description for line in lines]


def test_what_may_be_no_line_or_be_named_otherwise_is_not_verified(find):
    rows = ("Table 7", "  1 x 3.00                      3.00", "Bread 3                         4.30")
    assert [False, False] == [line.verified for line in find(receipt(*rows), **SUMS).lines]

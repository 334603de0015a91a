"""Tables under headings."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicewatch.records import Source

PLAIN = """
Pos   Description             Qty      Unit price      Amount

1     Garden hose             2 pcs         10.00       20.00
2     Wheelbarrow             1 pcs         45.50       45.50

Subtotal                                                65.50
VAT 20%                                                 13.10
Total                                                   78.60
"""
SUMS = {"net_total": "65.50", "tax_total": "13.10", "total": "78.60"}
LINES = [
    ("Garden hose", "2", "pcs", "10.00", "20.00", True),
    ("Wheelbarrow", "1", "pcs", "45.50", "45.50", True),
]


def test_the_lines_of_a_table_that_adds_up_are_verified(find, tell):
    lines = find(PLAIN, **SUMS).lines
    assert LINES == [tell(line) for line in lines]
    assert {(None, Source.TEXT_LAYER, 1)} == {(line.gross, line.source, line.page) for line in lines}
    assert lines[0].box.y1 < lines[1].box.y0


@pytest.mark.parametrize("first", ["#  ", "   ", "Pos"], ids=["no word", "none", "aside"])
def test_the_numbers_of_the_lines_are_no_part_of_their_names(find, tell, first):
    aside = (
        PLAIN.replace("Pos  ", f"{first}  ")
        .replace("1     Garden", "    1 Garden")
        .replace("2     Wheel", "    2 Wheel")
    )
    assert LINES == [tell(line) for line in find(aside, **SUMS).lines]


def test_a_name_that_begins_with_a_figure_keeps_it(find, tell):
    named = (
        PLAIN.replace("Pos", "   ").replace("1     Garden", "     20 Garden").replace("2     Wheel", "      2 Wheel")
    )
    assert ["20 Garden hose", "2 Wheelbarrow"] == [tell(line)[0] for line in find(named, **SUMS).lines]


def test_no_line_is_verified_where_they_lead_to_no_sum_or_that_sum_is_not_proved(find, tell):
    for sums, proved in ((SUMS | {"net_total": "66.50", "total": "80.00"}, True), (SUMS, False)):
        lines = find(PLAIN, proved=proved, **sums).lines
        assert [(*line[:5], False) for line in LINES] == [tell(line) for line in lines]


def test_a_net_sum_is_proved_by_the_proved_total_that_it_makes_with_the_tax(find, draw):
    from invoicewatch.config import ExtractSettings
    from invoicewatch.extract.lines.find import find_items
    from invoicewatch.records import Field

    fields = {
        name: Field(name, Decimal(value), 0.9, name == "total", 1, None, Source.OCR, "label", "")
        for name, value in SUMS.items()
    }
    assert all(line.verified for line in find_items(fields, [draw(PLAIN)], {}, ExtractSettings()).lines)


def test_sums_with_tax_are_told_by_the_total_that_they_make(find):
    lines = find(PLAIN, net_total="54.58", tax_total="10.92", total="65.50").lines
    assert [(None, "20.00"), (None, "45.50")] == [(line.net, str(line.gross)) for line in lines]


def test_a_quantity_that_does_not_make_the_sum_is_given_and_not_verified(find, tell):
    lines = find(PLAIN.replace("2 pcs", "3 pcs"), **SUMS).lines
    assert [("Garden hose", "3", "pcs", "10.00", "20.00", False), LINES[1]] == [tell(line) for line in lines]


def test_a_description_goes_on_where_its_next_word_did_not_fit_and_a_remark_is_none_of_it(find, tell):
    picture = """
Description             Qty      Unit price      Amount

Garden hose for tall    2             10.00       20.00
trees
Wheelbarrow             1             45.50       45.50
to be collected

Subtotal                                          65.50
Total                                             78.60
"""
    lines = find(picture, **SUMS).lines
    assert ["Garden hose for tall trees", "Wheelbarrow"] == [line.description for line in lines]


def test_headings_of_several_lines_and_sums_on_the_row_below_are_one_table(find, tell):
    picture = """
Art-Nr
Pos   Beschreibung          Nettopreis     Menge      Nettobetrag
(Art)

1     Gartenschlauch           10,0000     2 Stk
                                                            20,00
2     Schubkarre               45,5000     1 Stk
                                                            45,50
Positionssumme                                              65,50
Bruttosumme                                                 78,60
"""
    assert [("Gartenschlauch", "2", "20.00"), ("Schubkarre", "1", "45.50")] == [
        (told[0], told[1], told[4]) for told in map(tell, find(picture, **SUMS).lines)
    ]


def test_the_name_stands_under_its_figures_where_its_heading_stands_under_theirs(find):
    picture = """
GTIN             Menge          Nettopreis     Nettowert
                 Bezeichnung

4012345678901    2,0000 Stk        10,0000         20,00
                 Gartenschlauch
4012345678902    1,0000 Stk        45,5000         45,50
                 Schubkarre
Positionssumme                                     65,50
"""
    assert ["Gartenschlauch", "Schubkarre"] == [line.description for line in find(picture, **SUMS).lines]


def test_a_table_goes_on_over_pages_without_the_sum_that_is_carried(find, tell):
    head, _, first, second, *_ = PLAIN.strip().splitlines()
    third = second.replace("2     Wheelbarrow", "3     Watering can").replace("45.50", "10.00")
    pages = (
        f"{head}\n{first}\n{second}\nCarried forward                                         65.50",
        f"{head}\nBrought forward                                         65.50\n{third}\n\nSubtotal 75.50",
    )
    lines = find(*pages, net_total="75.50", tax_total="15.10", total="90.60").lines
    assert ["20.00", "45.50", "10.00"] == [str(line.net) for line in lines]
    assert [1, 1, 2] == [line.page for line in lines]


def test_a_discount_between_lines_is_that_of_the_line_above(find, tell):
    picture = PLAIN.replace(
        "2     Wheelbarrow", "      Discount                                          -2.00\n2     Wheelbarrow"
    ).replace("65.50", "63.50")
    lines = find(picture, net_total="63.50", tax_total="12.70", total="76.20").lines
    assert [("18.00", True), ("45.50", True)] == [(str(line.net), line.verified) for line in lines]


def test_discount_and_freight_lead_from_the_lines_to_the_net_sum(find):
    picture = PLAIN.replace(
        "VAT 20%", "Discount                                                -5.50\nFreight  4.00\nVAT 20%"
    )
    lines = find(picture, net_total="64.00", tax_total="12.80", total="76.80").lines
    assert [Decimal("20.00"), Decimal("45.50")] == [line.net for line in lines]
    assert all(line.verified for line in lines)


def test_the_lines_of_a_credit_note_take_the_sign_of_its_sums(find):
    picture = PLAIN.replace(" 20.00", "-20.00").replace(" 45.50\n", "-45.50\n").replace("65.50", "-65.50")
    assert [Decimal("20.00"), Decimal("45.50")] == [line.net for line in find(picture, **SUMS).lines]


def test_numbers_of_lines_under_a_sign_are_no_quantities(find):
    picture = """
#     Description                  Amount

1     Garden hose                   20.00
2     Wheelbarrow                   45.50

Subtotal                            65.50
"""
    assert [None, None] == [line.quantity for line in find(picture, **SUMS).lines]


def test_a_name_that_was_read_unsurely_is_not_verified(find):
    assert not any(line.verified for line in find(PLAIN, source=Source.OCR, confidence=60.0, **SUMS).lines)


@pytest.mark.parametrize("picture", ["", "Invoice\n\nTotal 78.60", "Tax    Base    Amount\n20%    65.50    13.10"])
def test_pages_without_a_table_of_goods_give_no_line(find, picture):
    assert () == find(picture, **SUMS).lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it keeps nothing
@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99_999)), min_size=1, max_size=12))
def test_whatever_is_sold_the_lines_come_back(find, goods):
    rows = [
        f"Thing {'abcdefghijkl'[n]}".ljust(24) + f"{count:<10}{price / 100:>12.2f}{count * price / 100:>14.2f}"
        for n, (count, price) in enumerate(goods)
    ]
    net = sum(count * price for count, price in goods)
    head = "Description             Qty         Unit price        Amount"
    picture = "\n".join((head, "", *rows, "", f"Subtotal{net / 100:>52.2f}"))
    lines = find(picture, net_total=f"{net / 100:.2f}", total=f"{net / 100:.2f}").lines
    assert [(Decimal(count), Decimal(count * price) / 100) for count, price in goods] == [
        (line.quantity, line.net) for line in lines
    ]
    assert all(line.verified for line in lines)

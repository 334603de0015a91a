"""Taxes of several rates, each on a line that begins with its rate."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor


def get_value(found, name):
    field = found[name]
    return None if field is None else field.value


@pytest.mark.parametrize("words", ["zzgl. {}% MwSt.", "{}% MwSt.", "plus {}% VAT"])
def test_taxes_whose_line_begins_with_the_rate_are_added_up(draw, context, words):
    lines = [f"{words.format(rate)}   {tax}" for rate, tax in ((20, "26,10"), (13, "5,70"), (10, "4,26"))]
    picture = "\n".join(["Fachbuch   216,95", "Nettobetrag   216,95", *lines, "Zu zahlen   253,01"])
    found = TotalExtractor(ExtractSettings()).find(context(draw(picture)))
    assert [Decimal("36.06"), Decimal("216.95")] == [get_value(found, name) for name in ("tax_total", "net_total")]


def test_goods_that_mention_their_rate_are_no_taxes(draw, context):
    picture = (
        "Kaffee kräftig 1 kg 20% MwSt.   12,00\nTee lose 100 g 10% MwSt.   11,00\nSumme   23,00\ninkl. 20% MwSt.   2,00"
    )
    found = TotalExtractor(ExtractSettings()).find(context(draw(picture)))
    assert get_value(found, "tax_total") != Decimal("23.00")

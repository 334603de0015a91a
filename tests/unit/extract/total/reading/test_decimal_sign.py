"""`1.234` alone: what the seller's earlier documents wrote decides, and says so; the page always speaks first."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Memory, SellerMemory


@pytest.fixture
def find(draw, context):
    def find(text, *sellers):
        fields = TotalExtractor(ExtractSettings()).find(context(draw(text), memory=Memory(1, sellers)))
        return fields["total"]

    return find


POINT = SellerMemory("Gulf Traders", 3, decimal_sign=".")
COMMA = SellerMemory("Gulf Traders", 3, decimal_sign=",")
PAGE = "Gulf Traders\nInvoice 17\nTotal due KWD 1.234"


def test_without_a_memory_thousands_are_likelier(find):
    assert find(PAGE).value == Decimal(1234)
    assert "earlier documents" not in find(PAGE).method


def test_the_seller_s_decimal_sign_decides_what_the_page_leaves_open(find):
    assert find(PAGE, POINT).value == Decimal("1.234")
    assert "its decimals by earlier documents of Gulf Traders" in find(PAGE, POINT).method
    assert find(PAGE, COMMA).value == Decimal(1234)
    assert "its thousands by earlier documents of Gulf Traders" in find(PAGE, COMMA).method


@pytest.mark.parametrize("line", ["Delivery KWD 3,50", "Stock 1.234.567"])
def test_a_figure_that_shows_its_sign_speaks_before_the_memory(find, line):
    found = find(f"Gulf Traders\n{line}\nTotal due KWD 1.234", POINT)
    assert found.value == Decimal(1234)
    assert "earlier documents" not in found.method


def test_one_document_and_other_sellers_decide_nothing(find):
    assert find(PAGE, SellerMemory("Gulf Traders", 1, decimal_sign=".")).value == Decimal(1234)
    assert find(PAGE, SellerMemory("Other House", 9, decimal_sign=".")).value == Decimal(1234)

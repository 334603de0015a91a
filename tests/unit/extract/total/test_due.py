"""What is due is proved by the total less what was paid before."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Source

BILL = "Net total 100.00\nVAT 20% 20.00\nInvoice total 120.00\n"


@pytest.fixture
def find(draw, context):
    def find(text, **options):
        return TotalExtractor(ExtractSettings()).find(context(draw(text, **options)))["amount_due"]

    return find


@pytest.mark.parametrize(
    ("text", "due", "how"),
    [
        ("Amount paid 50.00\nBalance due 70.00", "70.00", "proved total less prepaid"),
        ("Balance due 120.00", "120.00", "nothing paid of the proved total"),
    ],
)
def test_what_is_left_of_a_proved_total_is_proved(find, text, due, how):
    field = find(BILL + text)
    assert (Decimal(due), True) == (field.value, field.verified)
    assert how in field.method


@pytest.mark.parametrize(
    "text",
    [
        "Amount paid 50.00\nBalance due 75.00",
        "Balance due 70.00",
        "Amount paid 50.00\nBalance due 70.00\nBalance due 80.00",
        "Amount paid 50.00\nAmount paid 20.00\nBalance due 70.00",
    ],
    ids=["does not close", "nothing says what was paid", "two of them", "which was paid"],
)
def test_what_does_not_close_alone_stays_unproved(find, text):
    assert not find(BILL + text).verified


def test_without_a_proved_total_nothing_is_proved(find):
    assert not find("Grand total 150.00\nInvoice total 120.00\nBalance due 120.00").verified


def test_an_unsure_reading_is_not_proved(find):
    field = find(BILL + "Amount paid 50.00\nBalance due 70.00", source=Source.OCR, confidence=60)
    assert (Decimal("70.00"), False) == (field.value, field.verified)

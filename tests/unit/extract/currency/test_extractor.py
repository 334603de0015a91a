"""The currency is told by name, sign or country."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.currency.extractor import CurrencyExtractor


@pytest.fixture
def find(draw, context):
    return lambda text: CurrencyExtractor(ExtractSettings()).find(context(draw(text)))["currency"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Währung: GBP\nTotal 100,00 €", "GBP"),
        ("Rechnungswährung : EUR\n4 Beutel   19 $ 36,75\n5 Papier   19 $ 12,10", "EUR"),
        ("Total RM 50.00\nCash RM 60.00", "MYR"),
        ("Amount (RM)   Tax (RM)\n52.00   3.12", "MYR"),
        ("Summe 12,00 €", "EUR"),
        ("Total £12.00", "GBP"),
        ("Total $12.00", "USD"),
        ("Acme Pty Ltd\nTotal $12.00", "AUD"),
        ("Kaffe 35,00 kr\n+45 12 34 56 78", "DKK"),
        ("Total Fr. 12.50", "CHF"),
        ("Fr. Schmidt\nTotal EUR 12.50", "EUR"),
        ("Razem 12,00 zł", "PLN"),
        ("Jumlah Rp 150.000", "IDR"),
        ("Sinar Sdn Bhd\nTotal 12.00", "MYR"),
        ("Charged to room 12\nTotal Rs 1939", "INR"),
        ("Karachi, Pakistan\nTotal Rs. 1,939.00", "PKR"),
        ("$5 Toner     4   110,00\nGesamtbetrag   EUR 64.012,44", "EUR"),
    ],
)
def test_currency(find, text, expected):
    assert expected == find(text).value


def test_a_number_that_begins_like_a_currency_names_none(find):
    assert find("Rechnung KR87654321012") is None


def test_a_guess_from_the_country_is_not_verified(find):
    assert not find("Sinar Sdn Bhd\nTotal 12.00").verified


def test_nothing_gives_nothing(find):
    assert find("Hello world") is None

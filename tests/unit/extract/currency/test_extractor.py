"""The currency is told by name, sign or country."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.currency.extractor import CurrencyExtractor
from invoicewatch.records import Source


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
        ("Responsable inscripto, CUIT 30-1\nTotal $ 1.200,00", "ARS"),
        ("Toronto ON M5V 2T6, Canada\nTotal $12.00", "CAD"),
        ("Harbour Pte Ltd\nUEN 201\nTotal $12.00", "SGD"),
        ("Total ¥1200", "JPY"),
        ("Shenzhen, China\nTotal ¥120.00", "CNY"),
        ("Oslo, Norge\nSum kr 120,00", "NOK"),
        ("Lahore, Pakistan\nTotal Rs.500.00", "PKR"),
        ("Total R14 374.50\nCash R15 000.00", "ZAR"),
        ("Ukupno kn 207,69\nGotovina kn 207,69", "HRK"),
        ("Total USD$ 29.01", "USD"),
        ("Musterstadt, DE 33104\nSumme 12,00 €", "EUR"),
        ("합계 금액 부가세 과세물품가액\n22,670", "KRW"),
        ("Rechnungsnummer 5\nRechnungsdatum 02.03.2024\nGesamtbetrag 12,00\nFällig am 20.03.2024", "EUR"),
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


def test_a_sign_of_many_countries_is_never_verified(find):
    assert not find("Sydney NSW 2000, Australia\nTotal $12.00\nCash $20.00").verified


def test_a_code_that_is_printed_is_verified_wherever_the_page_comes_from(find):
    field = find("Sydney NSW 2000, Australia\nTotal USD 12.00\nCash USD 20.00")
    assert ("USD", True) == (field.value, field.verified)


def test_a_lone_letter_before_an_amount_is_a_tax_code(find):
    assert find("Bread R 12.00\nMilk A 3.00") is None


def test_letters_after_amounts_are_tax_codes_where_a_currency_is_written(find):
    assert "USD" == find("Knot 2.99 R\nFloor R 8.99\nBow 1.00 R\nTotal $12.98").value


def test_dollars_that_an_engine_reads_on_a_page_from_elsewhere_are_misread(draw, context):
    text = "Hallstadt, Deutschland\nTel. +49 951 123456\nSumme 12,00 $\nBar $ 20,00"
    reading = draw(text, source=Source.OCR)
    field = CurrencyExtractor(ExtractSettings()).find(context(reading))["currency"]
    assert field is not None
    assert ("EUR", False) == (field.value, field.verified)

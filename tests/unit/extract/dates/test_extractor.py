"""Issue and due dates are told apart, and what is in doubt is said to be."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.extractor import DateExtractor
from invoicewatch.records import Field, Memory, SellerMemory, Source


@pytest.fixture
def find(draw, context):
    def find(text, *, source=Source.TEXT_LAYER, memory=None, found=None, agreed=False):
        reading = draw(text, source=source, agreed=agreed)
        return DateExtractor(ExtractSettings()).find(context(reading, memory=memory, found=found))

    return find


def named(currency):
    return {"currency": Field("currency", currency, 0.95, True, 1, None, Source.TEXT_LAYER, "", "")}


GERMAN = """
Rechnung Nr. 471102                       Rechnungsdatum: 05.03.2013
Bestellung vom 01.03.2013
Leistungsdatum 04.03.2013
Zahlbar innerhalb 30 Tagen netto bis 04.04.2013, 3% Skonto bis 15.03.2013
"""


def test_labels_tell_the_dates_apart(find):
    fields = find(GERMAN)
    assert date(2013, 3, 5) == fields["issue_date"].value
    assert date(2013, 4, 4) == fields["due_date"].value
    assert fields["issue_date"].verified


def test_a_date_after_the_number_in_the_title_is_the_issue_date(find):
    fields = find("Handelsrechnung Nr. TX-471102 vom 30.10.2018\nLeistungsdatum: 29.10.2018\nTaxifahrt vom 29.10.2018")
    assert date(2018, 10, 30) == fields["issue_date"].value


@pytest.mark.parametrize(("currency", "expected"), [("USD", date(2025, 3, 4)), ("EUR", date(2025, 4, 3))])
def test_the_currency_decides_the_order(find, currency, expected):
    issue = find("Invoice date: 03/04/2025", found=named(currency))["issue_date"]
    assert (expected, True) == (issue.value, issue.verified)


def test_another_date_of_the_document_decides_the_order(find):
    fields = find("Invoice date: 03/04/2025\nDue date: 03/28/2025", found=named("EUR"))
    assert (date(2025, 3, 4), date(2025, 3, 28)) == (fields["issue_date"].value, fields["due_date"].value)


def test_earlier_invoices_of_the_seller_decide_the_order(find):
    memory = Memory(1, (SellerMemory("Acme Ltd", 3, date_order="mdy"),))
    assert date(2025, 3, 4) == find("Acme Ltd\nInvoice date: 03/04/2025", memory=memory)["issue_date"].value


def test_an_order_that_nothing_decides_is_not_verified_and_keeps_the_other_day(find):
    issue = find("Invoice date: 03/04/2025")["issue_date"]
    assert (date(2025, 4, 3), False) == (issue.value, issue.verified)
    assert [date(2025, 3, 4)] == [other.value for other in issue.alternatives]


def test_a_scan_by_one_engine_is_not_verified_and_by_two_it_is(find):
    text = "Date: 25/12/2018"
    assert not find(text, source=Source.OCR)["issue_date"].verified
    assert find(text, source=Source.OCR, agreed=True)["issue_date"].verified


def test_a_date_in_the_future_is_kept(find):
    assert date(2031, 5, 6) == find("Invoice date: 06.05.2031")["issue_date"].value


def test_no_date_gives_nothing(find):
    assert {"issue_date": None, "due_date": None} == dict(find("Total 12.00"))


def test_amounts_are_no_dates(find):
    assert find(f"Total {Decimal('12.05')}")["issue_date"] is None


def test_before_a_date_is_when_a_french_letter_wants_its_money(find):
    picture = (
        "Date de facturation : 03-02-2025\nla facture A92 du 15-11-2024 reste impayée.\n"
        "Nous vous prions de régler 422,22 EUR, frais compris, avant le 20-03-2025."
    )
    fields = find(picture)
    assert (date(2025, 2, 3), date(2025, 3, 20)) == (fields["issue_date"].value, fields["due_date"].value)


def test_goods_to_be_used_before_a_date_are_not_due(find):
    assert find("Facture du 03-02-2025\nÀ consommer avant le 20-03-2025")["due_date"] is None


@pytest.mark.parametrize(
    "text",
    [
        "Facture n° F17\nDate de facture associée : 01.02.2026\nDate : 31.03.2026",
        "Invoice F17\nOriginal invoice date 01.02.2026\nInvoice date 31.03.2026",
        "Stornorechnung F17\nDatum der Ursprungsrechnung 01.02.2026\nDatum 31.03.2026",
    ],
)
def test_the_date_of_another_invoice_is_not_this_ones(find, text):
    assert date(2026, 3, 31) == find(text)["issue_date"].value


REMINDER = """
                                     Berlin, 10.02.2026
2. Mahnung
Rechnung         Datum           Betrag
RE-2025-990      15.12.2025      119,00
"""


def test_a_reminder_has_its_own_date_and_not_that_of_the_invoice(find):
    field = find(REMINDER)["issue_date"]
    assert (date(2026, 2, 10), False) == (field.value, field.verified)

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
def test_the_currency_alone_makes_an_order_likely(find, currency, expected):
    issue = find("Invoice date: 03/04/2025", found=named(currency))["issue_date"]
    assert expected == issue.value
    assert 0.5 < issue.confidence < 0.95


@pytest.mark.parametrize(
    ("text", "expected", "sign"),
    [
        ("Springfield, IL 60601\nPhone (312) 555-0142\nInvoice date: 03/04/2025", date(2025, 3, 4), "IL 60601"),
        ("London SW1A 2AA\nwww.example.co.uk\nInvoice date: 03/04/2025\nUnited Kingdom", date(2025, 4, 3), "SW1A 2AA"),
    ],
)
def test_the_place_decides_the_order_and_is_named(find, text, expected, sign):
    issue = find(text, found=named("USD" if "IL" in sign else "GBP"))["issue_date"]
    assert (expected, True) == (issue.value, issue.verified)
    assert sign in issue.method


@pytest.mark.parametrize(("clock", "expected"), [("4:41 PM", date(2025, 3, 4)), ("16:41", date(2025, 4, 3))])
def test_the_clock_makes_an_order_likelier_but_does_not_decide(find, clock, expected):
    issue = find(f"Date: 03/04/2025 {clock}")["issue_date"]
    assert (expected, False) == (issue.value, issue.verified)


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


@pytest.mark.parametrize(
    "text",
    [
        "Invoice #2015-11-04",
        "Invoice no. 2015-11-04",
        "Rechnung Nr. 2015-11-04",
        "Facture n° 2015-11-04",
        "Date of expiry 31.12.2025",
        "Date d'expiration : 31/12/25",
        "Date de validité 31.12.2025",
        "Card Expiry: 31/05/2025",
        "Valid thru 31.12.2025",
        "Date printed on label 14.03.2025",
        "Ship Date: 14.03.2025",
        "Lieferdatum 14.03.2025",
    ],
)
def test_what_is_not_the_day_of_issue_is_never_proved_to_be(find, text):
    issue = find(text)["issue_date"]
    assert issue is None or not issue.verified


def test_a_number_like_a_date_does_not_hide_the_date(find):
    issue = find("Springfield, November 2, 2015\nInvoice #2015-11-04")["issue_date"]
    assert (date(2015, 11, 2), False) == (issue.value, issue.verified)


def test_the_days_of_services_are_not_the_day_of_the_bill(find):
    bill = """
Springfield, am 22.07.2024

Datum           Leistung                 Betrag
15.07.2024      Beratung                  27,52
16.07.2024      Untersuchung               4,66
"""
    issue = find(bill)["issue_date"]
    assert (date(2024, 7, 22), False) == (issue.value, issue.verified)


@pytest.mark.parametrize(
    "text",
    [
        "Rechnungsdatum / Lieferdatum 26.06.2025",
        "Rechnungsdatum/Lieferdatum: 26.06.2025",
        "Nr./Datum 80101911/26.06.2025",
    ],
)
def test_labels_of_two_things_at_once(find, text):
    assert date(2025, 6, 26) == find(text)["issue_date"].value


def test_a_second_line_of_a_heading_is_a_label_of_its_own(find):
    issue = find("Rechnungsdatum\n/Lieferdatum     26.06.2025")["issue_date"]
    assert (date(2025, 6, 26), False) == (issue.value, issue.verified)


TILL = "CASH 20.00\nCHANGE 5.00"


@pytest.mark.parametrize(
    ("text", "found", "proved"),
    [
        (f"25/12/2018 14:31\n{TILL}", None, True),
        (f"25/12/2018\n{TILL}", None, False),
        (f"25/12/18 14:31\n{TILL}", None, False),
        (f"04/03/2018 15:41\n{TILL}", named("MYR"), True),
        ("25/12/2018 14:31", None, False),
        (f"25/12/2018 14:31\n26/12/2018\n{TILL}", None, False),
    ],
)
def test_the_only_date_of_a_receipt_beside_a_time_needs_no_label(find, text, found, proved):
    issue = find(text, source=Source.OCR, agreed=True, found=found)["issue_date"]
    assert proved == issue.verified


def test_thai_years(find):
    assert date(2024, 5, 31) == find("วันที่ 31/05/2567 14:31")["issue_date"].value


def test_years_first_where_the_country_writes_so(find):
    issue = find("東京 +81 3 1234 5678\nDate: 25-11-09", found=named("JPY"))["issue_date"]
    assert date(2025, 11, 9) == issue.value


def test_a_date_that_may_begin_with_the_year_is_not_proved(find):
    issue = find("Date: 25-11-09")["issue_date"]
    assert (date(2009, 11, 25), False) == (issue.value, issue.verified)
    assert date(2025, 11, 9) in [other.value for other in issue.alternatives]


@pytest.mark.parametrize(
    "text",
    [
        "Invoice date 01.02.2026\nDue date 01.12.2026",
        "Invoice date 01.02.2026\nDue date 01.03.2026\nDue date 15.03.2026",
    ],
)
def test_a_due_date_that_is_odd_or_one_of_two_is_not_proved(find, text):
    due = find(text)["due_date"]
    assert due is not None
    assert not due.verified


def test_a_proved_due_date_before_a_proved_date_of_issue_is_kept_for_the_alarm(find):
    fields = find("Invoice date 15.02.2026\nDue date 01.02.2026")
    assert (date(2026, 2, 15), date(2026, 2, 1)) == (fields["issue_date"].value, fields["due_date"].value)


@pytest.mark.parametrize("text", ["Date 15.02.2026\nby 01.02.2026", "Due date 01.02.2026\nDue date 03.02.2026"])
def test_an_early_day_that_is_not_proved_is_no_due_date(find, text):
    assert find("Invoice date 15.02.2026\n" + text)["due_date"] is None

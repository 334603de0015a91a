from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.records import Alarm, AlarmCode


def test_the_same_number_with_another_total_is_an_alarm_that_names_the_earlier_record(books):
    _, number = books.add(invoice_number="RE-2026/0017", total=Decimal("119.00"))
    kept, _ = books.add(invoice_number="RE 2026-0017", total=Decimal("191.00"))
    words = f"the number RE 2026-0017 is on #{number} too, with a total of 119.00 instead of 191.00"
    assert kept.alarms == (Alarm(AlarmCode.NUMBER_TWICE, words, "invoice_number", number),)


@pytest.mark.parametrize(
    "second",
    [
        {"seller_name": "Gasthaus Sonnblick"},
        {"document_type": "credit_note"},
        {"confidence": 0.3},
        {"total": None},
        {"invoice_number": "RE-2026/0018"},
    ],
)
def test_other_sellers_credit_notes_and_numbers_hardly_read_raise_nothing(books, second):
    books.add(invoice_number="RE-2026/0017")
    assert books.codes(**{"invoice_number": "RE-2026/0017"} | second) == []


def test_a_short_number_comes_again_the_next_year(books):
    books.add(invoice_number="17", issue_date=date(2025, 2, 3))
    assert books.codes(invoice_number="17", issue_date=date(2026, 2, 3)) == []
    assert books.codes(invoice_number="17", issue_date=date(2025, 6, 3)) == ["number_twice"]


def test_a_till_counts_from_one_again_and_its_number_is_the_same_on_one_day_only(books):
    receipt = {"document_type": "receipt", "invoice_number": "00004711"}
    books.add(**receipt)
    assert books.codes(**receipt, issue_date=date(2026, 1, 6)) == []
    assert books.codes(**receipt, issue_date=date(2026, 1, 5)) == ["number_twice"]


def test_a_number_that_stands_on_every_document_is_the_customer_s(books):
    books.accept(books.add(invoice_number="K-104711")[1])
    books.accept(books.add(invoice_number="K-104711")[1])
    assert books.codes(invoice_number="K-104711") == []

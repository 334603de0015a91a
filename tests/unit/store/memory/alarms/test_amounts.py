from decimal import Decimal

import pytest

from invoicewatch.records import AlarmCode
from invoicewatch.store.memory.alarms.amounts import find_range


def test_a_total_far_outside_of_the_range_is_an_alarm_that_says_the_range(books):
    books.add_many(5)
    kept, _ = books.add(total=Decimal("9999.00"))
    (alarm,) = kept.alarms
    assert alarm.code is AlarmCode.UNUSUAL_TOTAL
    assert "the total 9999.00 is far outside of this seller's range: 5 documents from 101.00 to 105.00" in alarm.words
    assert (alarm.field, alarm.record) == ("total", 5)


def test_a_tiny_total_is_as_far(books):
    books.add_many(5)
    assert books.codes(total=Decimal("1.05")) == ["unusual_total"]


def test_four_documents_have_no_range(books):
    books.add_many(4)
    assert books.codes(total=Decimal("9999.00")) == []


@pytest.mark.parametrize("total", ["150.00", "300.00", "40.00"])
def test_a_price_that_rises_and_a_bigger_order_are_usual(books, total):
    books.add_many(5)
    assert books.codes(total=Decimal(total)) == []


def test_other_currencies_and_other_kinds_of_document_are_not_compared(books):
    books.add_many(5)
    assert books.codes(total=Decimal("9999.00"), currency="HUF") == []
    assert books.codes(total=Decimal("2.00"), document_type="credit_note") == []


def test_one_strange_document_moves_nothing(books):
    books.add_many(6)
    books.accept(books.add(total=Decimal("20000.00"))[1])
    assert books.codes(total=Decimal("60000.00")) == ["unusual_total"]


def test_the_range_of_a_seller_with_all_kinds_of_totals_is_wide():
    lowest, highest = find_range([Decimal(n) for n in (5, 20, 80, 300, 1200)])
    assert lowest < 1
    assert highest > 10_000

"""Near duplicates by the day, alarms kept and shown with the record, and what is only foreseen."""

from datetime import UTC, date, datetime
from decimal import Decimal

from invoicewatch.records import Alarm, AlarmCode, Status
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.memory.alarms.raising import foresee_alarms
from invoicewatch.store.records.query import find_invoice, open_reader
from invoicewatch.store.upkeep.forget import forget_invoice

OTHER = "DE75512108001245126199"


def test_the_same_seller_total_and_day_without_a_number_is_a_near_duplicate(books):
    _, number = books.add(total=Decimal("42.00"))
    kept, _ = books.add(total=Decimal("42.00"), invoice_number=None)
    words = f"looks like another scan of #{number}: same seller, date and total"
    assert kept.alarms == (Alarm(AlarmCode.NEAR_DUPLICATE, words, "", number),)


def test_another_number_or_another_day_is_another_document(books):
    books.add(total=Decimal("42.00"))
    assert books.codes(total=Decimal("42.00")) == []
    assert books.codes(total=Decimal("42.00"), invoice_number=None, issue_date=date(2026, 2, 5)) == []


def test_a_short_number_makes_a_near_duplicate_of_one_day_only(books):
    books.add(total=Decimal("42.00"), invoice_number="1929")
    assert books.codes(total=Decimal("42.00"), invoice_number="1929") == ["near_duplicate"]
    assert books.codes(total=Decimal("42.00"), invoice_number="1929", issue_date=date(2026, 2, 5)) == []


def test_alarms_are_kept_with_the_record_and_stay_when_a_person_has_accepted_it(books, tmp_path):
    books.add_many(1)
    kept, number = books.add(iban=OTHER)
    books.accept(number)
    with open_reader(tmp_path) as reader:
        stored = find_invoice(reader, number)
    assert stored is not None
    assert stored.invoice.alarms == kept.alarms
    assert stored.invoice.status is Status.ACCEPTED


def test_an_erased_record_leaves_the_alarm_that_it_raised_and_none_of_its_values(books, tmp_path):
    (first,) = books.add_many(1)
    _, number = books.add(iban=OTHER)
    with books.database.begin() as session:
        assert forget_invoice(session, first, Doer("anna", datetime(2026, 3, 5, tzinfo=UTC)))
    with open_reader(tmp_path) as reader:
        stored = find_invoice(reader, number)
    assert stored is not None
    words = "A known seller names an account that it has not used before. The earlier record was erased."
    assert stored.invoice.alarms == (Alarm(AlarmCode.NEW_ACCOUNT, words, "iban", None),)
    assert stored.invoice.reasons == (words,)


def test_what_is_foreseen_writes_nothing(books):
    books.add(total=Decimal("42.00"))
    kept, _ = books.add(iban=OTHER)
    with books.database.begin() as session:
        assert foresee_alarms(session, kept).alarms[-1].code is AlarmCode.NEW_ACCOUNT
        assert session.connection().exec_driver_sql("SELECT count(*) FROM near_duplicate").scalar() == 0


def test_a_document_that_failed_raises_nothing(books):
    books.add_many(1)
    kept, _ = books.add(iban=OTHER, status=Status.FAILED)
    assert kept.alarms == ()

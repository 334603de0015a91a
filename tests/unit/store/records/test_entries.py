from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.errors import ConfigError
from invoicewatch.records import Source, Status
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.search.find import Window, search
from invoicewatch.store.search.query_text import parse_query

WHEN = datetime(2026, 3, 6, 12, tzinfo=UTC)


def enter(store, number, **values):
    entries = {name: value if isinstance(value, Entry) else Entry(value) for name, value in values.items()}
    with store.database.begin() as session:
        enter_values(session, number, entries, who="ann", when=WHEN)


def found(store, text):
    with store.reader() as reader:
        return [hit.summary for hit in search(reader, parse_query(text, date(2026, 3, 6)), Window()).hits]


def test_a_persons_value_wins_and_the_machines_is_kept(store):
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"))
    stored = store.load(number)
    field = stored.invoice.fields["total"]
    assert (field.value, field.source, field.verified, field.confidence) == (Decimal("12.50"), Source.HUMAN, True, 1.0)
    assert stored.machine.fields["total"].value == Decimal("1250.00")


def test_who_when_and_what_was_before_is_kept(store):
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"))
    enter(store, number, total=Decimal("13.00"))
    first, second = store.load(number).entries
    assert (first.who, first.entered, first.before, first.value) == ("ann", WHEN, "1250.00", "12.50")
    assert (second.before, second.value) == ("12.50", "13.00")


def test_a_later_machine_run_changes_nothing_that_a_person_entered(store):
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"), status="accepted")
    store.save(store.with_fields(store.make_invoice(status=Status.NEEDS_REVIEW), total=Decimal("99.00")))
    stored = store.load(number)
    assert stored.run == 2
    assert stored.invoice.fields["total"].value == Decimal("12.50")
    assert stored.machine.fields["total"].value == Decimal("99.00")
    assert stored.invoice.status is Status.ACCEPTED


def test_what_was_entered_can_be_searched_and_filtered(store):
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"), seller_name="Bäckerei Huber")
    assert [one.total for one in found(store, "huber total:<20")] == [Decimal("12.50")]
    assert [one.id for one in found(store, "seller:huber")] == [number]
    assert found(store, "total:>1000") == []


def test_there_is_no_such_field_is_an_entry_too(store):
    number = store.save(store.make_invoice())
    enter(store, number, due_date=Entry(None), total=Entry(None))
    stored = store.load(number)
    assert stored.invoice.fields["total"] is None
    assert [one.total for one in found(store, "")] == [None]


def test_a_withdrawn_entry_gives_the_field_back_to_the_machine(store):
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"))
    enter(store, number, total=Entry(withdrawn=True))
    stored = store.load(number)
    assert stored.invoice.fields["total"].value == Decimal("1250.00")
    assert len(stored.entries) == 2


def test_a_person_completes_the_proof(store):
    invoice = store.with_fields(store.make_invoice(), total=None)
    number = store.save(invoice)
    assert [one.verified for one in found(store, "")] == [False]
    enter(store, number, total=Decimal(1250))
    assert [one.verified for one in found(store, "")] == [True]


def test_an_entry_for_no_record_or_no_status_is_refused(store):
    number = store.save(store.make_invoice())
    with pytest.raises(ConfigError, match="no invoice 99"):
        enter(store, 99, total=Decimal(1))
    with pytest.raises(ConfigError, match="no status"):
        enter(store, number, status="perfect")

"""The queue of records that an answer concerns."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from invoicewatch.records import Box, Line, Reading, Sketch, Spot, Status, Word, keep_words
from invoicewatch.store.records.again import ask_again, count_queued, list_queued, record_again, take_kept
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.page_rows import read_page_words

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
READING = Reading(1, (Line((Word("99.00", Box(0.5, 0.5, 0.6, 0.52), 91.0, "test"),)),), "test")


@pytest.fixture
def save(store):
    """Keep a record that waits for a review, of the seller with this mark; its number."""

    def save(name, mark="vat:gb980780684", *, status=Status.NEEDS_REVIEW):
        sketch = Sketch((mark,), spots=(Spot("money", "1250", after="grandsum"),))
        invoice = store.make_invoice(
            name, status=status, sketch=sketch, readings=(READING,), words=(keep_words(READING, 1),)
        )
        return store.save(store.with_fields(invoice, invoice_number=name))

    return save


def queue(store, number):
    with store.database.begin() as session:
        ask_again(session, number, NOW)
        return list_queued(session, 10)


def take(store, number):
    with store.database.begin() as session:
        return take_kept(session, number)


def keep(store, kept, judged):
    """Record a new judgement; it leaves the queue whatever becomes of it."""
    with store.database.begin() as session:
        found = record_again(session, kept, judged, NOW)
        assert kept.id not in list_queued(session, 10)
        return found


def test_those_of_the_same_seller_that_wait_for_a_review_are_queued(store, save):
    first, second, _, _ = save("a"), save("b"), save("c", "vat:gb802311242"), save("d", status=Status.ACCEPTED)
    assert queue(store, first) == [second]
    with store.database.begin() as session:
        assert count_queued(session) == 1


def test_an_answer_that_teaches_queues_them(store, save):
    first, second = save("a"), save("b")
    with store.database.begin() as session:
        assert enter_values(session, first, {"total": Entry(Decimal("1250.00"))}, who="me", when=NOW) == 1
        assert list_queued(session, 10) == [second]


def test_a_kept_record_comes_with_its_readings(store, save):
    first, second = save("a"), save("b")
    queue(store, first)
    kept = take(store, second)
    assert kept.machine.readings == (READING,)
    assert kept.machine.fields["total"].value == Decimal("1250.00")


def test_a_new_judgement_keeps_the_words_of_the_pages(store, save):
    first, second = save("a"), save("b")
    queue(store, first)
    kept = take(store, second)
    keep(store, kept, replace(kept.machine, status=Status.ACCEPTED, reasons=()))
    with store.reader() as reader:
        assert read_page_words(reader, second) == kept.machine.words == (keep_words(READING, 1),)


def test_a_new_judgement_replaces_the_old_and_keeps_what_people_entered(store, save):
    first, second = save("a"), save("b")
    with store.database.begin() as session:
        enter_values(session, second, {"invoice_number": Entry("MINE-1")}, who="me", when=NOW)
    queue(store, first)
    kept = take(store, second)
    found = keep(store, kept, replace(kept.machine, status=Status.ACCEPTED, reasons=()))
    assert (found.status, found.fields["invoice_number"].value) == (Status.ACCEPTED, "MINE-1")
    assert store.load(second).run == kept.run + 1


def test_what_was_read_again_meanwhile_is_left_as_it_is(store, save):
    first, second = save("a"), save("b")
    queue(store, first)
    kept = take(store, second)
    save("b")
    assert keep(store, kept, replace(kept.machine, status=Status.ACCEPTED)) is None
    assert store.load(second).invoice.status is Status.NEEDS_REVIEW


def test_what_a_person_settled_meanwhile_leaves_the_queue_and_its_readings_go(store, save):
    first, second = save("a"), save("b")
    queue(store, first)
    with store.database.begin() as session:
        enter_values(session, second, {"status": Entry("accepted")}, who="me", when=NOW)
        assert take_kept(session, second) is None
        assert second not in list_queued(session, 10)
        sql = "SELECT COUNT(*) FROM sketch WHERE readings IS NOT NULL AND invoice_id = ?"
        assert session.connection().exec_driver_sql(sql, (second,)).scalar() == 0

"""What is a guess is kept with its field and in the record's line, until a person says what is right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicewatch.records import DRAWN, Status
from invoicewatch.store.figures.looks import Looks, count_looks
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.find import Window, search
from invoicewatch.store.search.query_text import Query


@pytest.fixture
def guessed(store):
    """The number of a record whose seller and number are guesses."""
    invoice = store.make_invoice()
    names = ("seller_name", "invoice_number")
    marked = {name: replace(invoice.fields[name], doubtful=True, verified=False) for name in names}
    return store.save(replace(invoice, fields={**invoice.fields, **marked}))


def enter(store, number, **values):
    with store.database.begin() as session:
        entries = {name: Entry(value) for name, value in values.items()}
        enter_values(session, number, entries, who="anna", when=store.arrived + timedelta(days=1))


def find_line(store):
    with store.reader() as reader:
        return search(reader, Query((), Filters()), Window(10, 0, "date")).hits[0].summary


def test_a_guess_is_marked_in_the_record_and_in_its_line(store, guessed):
    fields = store.load(guessed).invoice.fields
    assert (True, False) == (fields["seller_name"].doubtful, fields["total"].doubtful)
    assert ("invoice_number", "seller_name") == find_line(store).doubtful_fields


def test_what_a_person_entered_is_no_guess(store, guessed):
    enter(store, guessed, seller_name="Acme Widgets Limited")
    assert ("invoice_number",) == find_line(store).doubtful_fields
    assert not store.load(guessed).invoice.fields["seller_name"].doubtful


def test_looks_at_accepted_documents_are_counted(store):
    make = store.make_invoice
    numbers = [store.save(make(f"{n}.pdf")) for n in range(4)]
    drawn = store.save(make("drawn.pdf", status=Status.NEEDS_REVIEW, reasons=(DRAWN,)))
    store.save(make("review.pdf", status=Status.NEEDS_REVIEW, reasons=("the total was not found",)))
    total = store.load(numbers[0]).invoice.fields["total"].value
    enter(store, numbers[0], total=total)
    enter(store, numbers[1], total=total + 1)
    enter(store, drawn, **{STATUS: "accepted"})
    with store.reader() as reader:
        assert Looks(accepted=5, looked_at=3, changed=1) == count_looks(reader)

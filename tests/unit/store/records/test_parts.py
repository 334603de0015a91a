"""One file with several documents: a record for each, told apart by the part."""

from dataclasses import replace

import pytest

from invoicewatch.records import Part, Status
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.parts import SplitChangedError
from invoicewatch.store.records.query import find_invoice_id
from invoicewatch.store.records.recall import find_records
from invoicewatch.store.records.recording import record_parts
from invoicewatch.store.upkeep.forget import forget_invoice, list_files, list_siblings


def split(invoice, *pages):
    """The invoice as parts of one file, each with a number of its own."""
    numbers = range(1, len(pages) + 1)
    return [
        replace(invoice, part=Part(number, len(pages), own), raw_text=f"part{number}", enhanced_text=None, edits=())
        for number, own in zip(numbers, pages, strict=True)
    ]


@pytest.fixture
def stack(store):
    parts = split(store.make_invoice(), (1, 2), (4,), (6, 7))
    return [store.with_fields(part, invoice_number=f"R-{part.part_number}") for part in parts]


def record(store, parts):
    with store.database.begin() as session:
        return [number for number, _ in record_parts(session, parts, arrived=store.arrived)]


def count(store, table, where="1"):
    with store.database.begin() as session:
        return session.connection().exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}").scalar_one()


def test_each_part_comes_back_with_its_pages(store, stack):
    ids = record(store, stack)
    assert [store.load(number).machine.part for number in ids] == [part.part for part in stack]
    assert [store.load(number).machine.raw_text for number in ids] == ["part1", "part2", "part3"]
    with store.reader() as reader:
        sha256 = stack[0].sha256
        assert [find_invoice_id(reader, f"{sha256[:8]}/{part}") for part in (1, 2, 3)] == ids
        assert find_invoice_id(reader, sha256[:8]) is None


def test_a_later_run_replaces_each_part_by_its_own(store, stack):
    ids = record(store, stack)
    assert record(store, [replace(part, raw_text=f"again{part.part_number}") for part in stack]) == ids
    assert [store.load(number).machine.raw_text for number in ids] == ["again1", "again2", "again3"]
    assert [store.load(number).run for number in ids] == [2, 2, 2]


def test_the_same_invoice_twice_in_one_stack_is_linked(store, stack):
    twin = store.with_fields(stack[2], invoice_number="R-1")
    first, _, third = record(store, [stack[0], stack[1], twin])
    with store.reader() as reader:
        assert list_near_duplicates(reader, third) == [first]
    assert store.load(third).machine.status is Status.NEEDS_REVIEW


def test_each_part_teaches_the_memory(store, stack):
    record(store, stack)
    with store.database.begin() as session:
        assert [seller.proofs for seller in load_memory(session).sellers] == [3]


def test_a_file_that_is_split_anew_keeps_its_first_numbers_and_nothing_stale(store, stack):
    (whole,) = record(store, [store.make_invoice()])
    ids = record(store, stack)
    assert ids[0] == whole
    assert count(store, "invoice") == 3
    assert record(store, split(store.make_invoice(), (1, 2, 4), (6, 7))) == ids[:2]
    assert (count(store, "invoice"), count(store, "text"), count(store, "lesson")) == (2, 2, 2)
    assert record(store, [store.make_invoice()]) == [whole]
    assert store.load(whole).machine.part is None
    assert (count(store, "invoice"), count(store, "lesson"), count(store, "lesson", "part = 0")) == (1, 1, 1)


def test_what_people_entered_is_not_put_on_other_pages(store, stack):
    ids = record(store, stack)
    with store.database.begin() as session:
        enter_values(session, ids[1], {"seller_name": Entry("Acme")}, who="anna", when=store.arrived)
    with pytest.raises(SplitChangedError):
        record(store, split(store.make_invoice(), (1, 2, 4), (6, 7)))
    assert [store.load(number).machine.part.pages for number in ids] == [(1, 2), (4,), (6, 7)]
    assert record(store, stack) == ids
    assert store.load(ids[1]).invoice.fields["seller_name"].value == "Acme"


def test_forgetting_one_part_leaves_the_others_and_the_file(store, stack):
    ids = record(store, stack)
    with store.database.begin() as session:
        assert list_siblings(session, ids[0]) == ids[1:]
        forget_invoice(session, ids[0], store.doer)
        assert [each.id for each in find_records(session, stack[0].sha256)] == ids[1:]
        assert list_files(session, ids[1]) == ["/inbox/scan.pdf"]
        for number in ids[1:]:
            forget_invoice(session, number, store.doer)
    assert [count(store, table) for table in ("invoice", "lesson", "seller_memory", "word")] == [0, 0, 0, 0]

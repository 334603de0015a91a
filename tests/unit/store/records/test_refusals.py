"""Refused edits: kept with who and when, respected for the whole file, withdrawn but never removed."""

from datetime import UTC, datetime

from invoicewatch.records import Part
from invoicewatch.store.database.chain import check_chain
from invoicewatch.store.database.log import Wanted, read_entries
from invoicewatch.store.records.refusals import keep_refusal, list_refused, withdraw_refusal
from invoicewatch.store.records.refused import read_refusals

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)


def test_a_refusal_is_kept_once_and_stands_until_it_is_withdrawn(store):
    number = store.save(store.make_invoice())
    (edit,) = store.load(number).machine.edits
    with store.database.begin() as session:
        keep_refusal(session, number, edit, who="ann", when=NOW)
        keep_refusal(session, number, edit, who="bob", when=LATER)
    with store.reader() as reader:
        (kept,) = read_refusals(reader, number)
    assert (kept.who, kept.entered, kept.stands) == ("ann", NOW, True)
    assert kept.refusal.meets(edit)

    with store.database.begin() as session:
        assert not withdraw_refusal(session, number + 1, kept.id, who="bob", when=LATER)
        assert list_refused(session, store.make_invoice().sha256) == (kept.refusal,)
        assert withdraw_refusal(session, number, kept.id, who="bob", when=LATER)
        assert list_refused(session, store.make_invoice().sha256) == ()
        keep_refusal(session, number, edit, who="cid", when=LATER)
    with store.reader() as reader:
        first, second = read_refusals(reader, number)
    assert (first.withdrawn_by, first.withdrawn, first.stands) == ("bob", LATER, False)
    assert (second.who, second.stands) == ("cid", True)


def test_the_log_tells_who_refused_a_change_and_who_allowed_it_again(store):
    number = store.save(store.make_invoice())
    (edit,) = store.load(number).machine.edits
    with store.database.begin() as session:
        keep_refusal(session, number, edit, who="ann", when=NOW)
    with store.reader() as reader:
        (kept,) = read_refusals(reader, number)
    with store.database.begin() as session:
        withdraw_refusal(session, number, kept.id, who="bob", when=LATER)
    with store.reader() as reader:
        allowed, refused = read_entries(reader, Wanted(invoice_id=number), 5)
        assert [] == list(check_chain(reader))
    assert ("ann", "refuse", edit.after, edit.before) == (refused.who, refused.what, refused.before, refused.after)
    assert ("bob", "allow", edit.before, edit.after) == (allowed.who, allowed.what, allowed.before, allowed.after)


def test_refusals_of_all_parts_of_a_file_count_when_it_is_read_again(store):
    numbers = [store.save(store.make_invoice(part=Part(n, 2, (n,)))) for n in (1, 2)]
    with store.database.begin() as session:
        for number in numbers:
            keep_refusal(session, number, store.load(number).machine.edits[0], who="ann", when=NOW)
        assert len(list_refused(session, store.make_invoice().sha256)) == 2
        assert list_refused(session, store.make_invoice("other.pdf").sha256) == ()


def test_refusals_survive_a_new_run(store):
    number = store.save(store.make_invoice())
    with store.database.begin() as session:
        keep_refusal(session, number, store.load(number).machine.edits[0], who="ann", when=NOW)
    store.save(store.make_invoice(edits=()))
    with store.reader() as reader:
        assert len(read_refusals(reader, number)) == 1

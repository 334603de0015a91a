"""What people change is written down, holds together, and lets go of values."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from invoicewatch.errors import ConfigError
from invoicewatch.store.database.chain import check_chain, find_head, hash_entry, write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.log import Wanted, read_entries
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.upkeep.forget import forget_invoice


def enter(store, number, who="anna", **values):
    entries = {name: Entry(withdrawn=True) if value is ... else Entry(value) for name, value in values.items()}
    with store.database.begin() as session:
        enter_values(session, number, entries, who=who, when=store.arrived)


def read(store, **wanted):
    with store.reader() as reader:
        return read_entries(reader, Wanted(**wanted), 100)


def find_faults(store):
    with store.reader() as reader:
        return list(check_chain(reader))


def tamper(store, *statements):
    with closing(sqlite3.connect(store.database.path)) as connection, connection:
        connection.execute("DROP TRIGGER log_entry_stays")
        connection.execute("DROP TRIGGER log_entry_is_kept")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def written(store):
    """A store with one record that three things were said of."""
    number = store.save(store.make_invoice())
    enter(store, number, total=Decimal("12.50"))
    enter(store, number, "bo", total=..., status="failed")
    return store


def test_each_change_is_written_down_with_its_person_and_what_counted(written):
    failed, undone, entered = read(written)
    assert ("anna", "set", "total", "1250.00", "12.50") == (
        entered.who, entered.what, entered.field, entered.before, entered.after,
    )  # fmt: skip
    assert ("bo", "undo", "total", "12.50", "1250.00") == (
        undone.who, undone.what, undone.field, undone.before, undone.after,
    )  # fmt: skip
    assert ("status", "accepted", "failed") == (failed.field, failed.before, failed.after)
    assert [] == find_faults(written)


def test_what_fails_leaves_no_entry(written):
    head = read(written)[0].number
    with pytest.raises(ConfigError):
        enter(written, 1, total=Decimal(1), status="no such status")
    assert head == read(written)[0].number
    enter(written, 1, total=Decimal(2))
    assert (head + 1, []) == (read(written)[0].number, find_faults(written))


def test_entries_are_found_by_person_with_their_tokens_and_by_record(written):
    with written.database.begin() as session:
        write_down(session, [Change(Deed.PERSON, subject="eve")], Doer("bo (token till)", written.arrived))
        write_down(session, [Change(Deed.PERSON, subject="eve")], Doer("bob", written.arrived))
    assert {"bo", "bo (token till)"} == {entry.who for entry in read(written, who="bo")}
    assert 3 == len(read(written, invoice_id=1))
    assert [1] == [entry.number for entry in read(written, invoice_id=1, below=2)]
    assert [] == read(written, invoice_id=1, sha256="other")


def test_no_statement_changes_an_entry(written):
    with closing(sqlite3.connect(written.database.path)) as connection:
        for statement in ("UPDATE log_entry SET who = 'eve'", "DELETE FROM log_entry"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE log_entry SET who = 'eve' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE log_entry SET previous = '' WHERE number = 2", "entry 2 does not follow"),
        ("DELETE FROM log_entry WHERE number = 2", "entry 3 stands where 2 should"),
        ("DELETE FROM log_entry WHERE number = 1", "entry 2 stands where 1 should"),
        ("DELETE FROM log_entry WHERE number = 3", "entries 3 to 3 are missing at the end"),
        ("DELETE FROM log_entry", "entries 1 to 3 are missing at the end"),
        ("UPDATE log_entry SET number = -1 WHERE number = 1", "entry -1 stands where 1 should"),
        ("UPDATE log_value SET value = '99.00' WHERE number = 1", "a value of entry 1 is not"),
        ("UPDATE log_value SET salt = 'text' WHERE number = 1", "a value of entry 1 is not"),
        ("UPDATE log_value SET side = 'else' WHERE number = 1 AND side = 'after'", "a value of entry 1 is not"),
    ],
)
def test_whatever_is_done_to_the_log_is_found(written, statement, fault):
    tamper(written, statement)
    assert any(found.startswith(fault) for found in find_faults(written))


def test_what_was_taken_away_at_the_end_is_missed_after_the_next_entry_too(written):
    tamper(written, "DELETE FROM log_value WHERE number = 3", "DELETE FROM log_entry WHERE number = 3")
    enter(written, 1, currency="CHF")
    assert any("stands where 3 should" in fault for fault in find_faults(written))


def test_an_entry_that_is_written_anew_with_its_hash_no_longer_leads_to_the_next(written):
    tamper(written, "UPDATE log_entry SET who = 'eve' WHERE number = 1")
    with closing(sqlite3.connect(written.database.path)) as connection, connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM log_entry WHERE number = 1").fetchone()
        connection.execute("UPDATE log_entry SET hash = ? WHERE number = 1", (hash_entry(row),))
    assert ["entry 2 does not follow from the one before"] == find_faults(written)


def test_a_forgotten_record_leaves_entries_without_values_in_a_sound_chain(written):
    other = written.save(written.make_invoice("other.pdf"))
    enter(written, other, total=Decimal("7.77"))
    with written.database.begin() as session:
        forget_invoice(session, 1, written.doer)
    entries = read(written)
    assert ("forget", 1) == (entries[0].what, entries[0].invoice_id)
    assert {(None, None, True)} == {(each.before, each.after, each.erased) for each in entries if each.what == "undo"}
    assert "7.77" == entries[1].after
    assert [] == find_faults(written)
    written.database.checkpoint()
    assert b"12.50" not in written.database.path.read_bytes()


def test_parts_that_a_file_had_once_go_with_its_last_record(written):
    sha256 = written.make_invoice().sha256
    gone = Change(Deed.REPROCESS, 2, sha256, part=2, field="total", before="1.00", after="2.00")
    with written.database.begin() as session:
        write_down(session, [gone], written.doer)
        forget_invoice(session, 1, written.doer)
    assert [] == [entry for entry in read(written) if entry.before or entry.after]


def test_equal_values_have_other_hashes_each_time(written):
    enter(written, 1, total=Decimal("12.50"))
    enter(written, 1, total=Decimal("12.50"))
    with written.reader() as reader:
        hashes = [row["after"] for row in reader.rows("SELECT after FROM log_entry WHERE what = 'set'")]
        assert find_head(reader)[1] == read(written)[0].hash
    assert len(set(hashes)) == len(hashes)


def test_the_chain_is_checked_in_batches(written, monkeypatch):
    monkeypatch.setattr("invoicewatch.store.database.chain._AT_ONCE", 3)
    for amount in range(1, 9):
        enter(written, 1, total=Decimal(amount))
    assert [] == find_faults(written)
    tamper(written, "UPDATE log_value SET value = 'x' WHERE number = 9")
    assert 2 == len(find_faults(written))

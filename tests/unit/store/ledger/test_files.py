"""The ledger: legal changes only, one owner a path, and no query that reads the whole table."""

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError

from invoicewatch.records import Failure
from invoicewatch.records.ledger import FILING, TRANSITIONS, FileState, Stamp
from invoicewatch.store.database.session_rows import get_driver
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.tables.ledger import SETTLED, UNFILED

INBOX = "/inbox"
STAMP = Stamp(1, 2, 3)
LEGAL = {(before, after) for before, afters in TRANSITIONS.items() for after in afters}
ILLEGAL = [(a, b) for a in FileState for b in FileState if a is not b and (a, b) not in LEGAL]


@pytest.fixture
def database(tmp_path, make_state):
    database = open_database(make_state(tmp_path))
    yield database
    database.close()


def add(database, *paths, inbox=INBOX):
    files = [ledger.NewFile(path, STAMP, None, 10.0) for path in paths]
    with database.begin() as session:
        ledger.add_seen(session, inbox, files, now_s=10.0, settle_s=5.0)
        return [entry.id for entry in ledger.list_owners(session, inbox)]


def force(path, sql, *values):
    """Change the database behind the program's back."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(sql, values)
    finally:
        connection.close()


def put_into(database, state):
    """A file in any state at all, past the trigger."""
    (number,) = add(database, b"/inbox/a")
    trigger = "SELECT sql FROM sqlite_master WHERE name = 'file_state_legal'"
    connection = sqlite3.connect(database.path)
    with connection:
        (sql,) = connection.execute(trigger).fetchone()
        connection.execute("DROP TRIGGER file_state_legal")
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("UPDATE file SET state = ?", (state,))
        connection.execute(sql)
    connection.close()
    return number


def test_a_new_file_is_seen_and_due_once_it_was_quiet(database):
    (number,) = add(database, b"/inbox/\xff.pdf")
    with database.begin() as session:
        entry = ledger.get_file(session, number)
        assert ledger.list_due(session, FileState.SEEN, 14.9, limit=9) == []
        assert ledger.list_due(session, FileState.SEEN, 15.0, limit=9) == [entry]
    assert (entry.path, entry.state, entry.stamp, entry.next_s) == (b"/inbox/\xff.pdf", FileState.SEEN, STAMP, 15.0)


def test_a_path_has_one_owner(database):
    add(database, b"/inbox/a")
    with pytest.raises(IntegrityError):
        add(database, b"/inbox/a")


def test_a_path_is_free_again_once_its_file_left(database):
    (number,) = add(database, b"/inbox/a")
    with database.begin() as session:
        ledger.change_state(session, number, FileState.GONE, 11.0, in_inbox=False)
    assert add(database, b"/inbox/a") == [number + 1]


@pytest.mark.parametrize(("before", "after"), ILLEGAL)
def test_an_illegal_change_is_refused_by_the_program_and_by_the_database(database, before, after):
    number = put_into(database, before)
    with pytest.raises(ledger.IllegalChangeError), database.begin() as session:
        ledger.change_state(session, number, after, 11.0)
    with pytest.raises(sqlite3.IntegrityError, match="illegal"):
        force(database.path, "UPDATE file SET state = ?", after)


@pytest.mark.parametrize(("before", "after"), sorted(LEGAL))
def test_every_legal_change_is_let_through_by_the_trigger(database, before, after):
    put_into(database, before)
    force(database.path, "UPDATE file SET sha256 = 'ab', duplicate_of = id")
    connection = sqlite3.connect(database.path)
    with connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("UPDATE file SET state = ?", (after,))
    connection.close()


@pytest.mark.parametrize("sql", [
    "UPDATE file SET state = 'asleep'",
    "INSERT INTO file SELECT * FROM file",
])  # fmt: skip
def test_nonsense_is_refused(database, sql):
    add(database, b"/inbox/a")
    with pytest.raises(sqlite3.IntegrityError):
        force(database.path, sql)


def test_a_file_is_never_recorded_without_its_record(database):
    (number,) = add(database, b"/inbox/a")
    with database.begin() as session:
        for state in (FileState.SETTLED, FileState.CLAIMED, FileState.WORKING):
            ledger.change_state(session, number, state, 11.0, sha256="ab")
    with pytest.raises(IntegrityError), database.begin() as session:
        ledger.change_state(session, number, FileState.RECORDED, 11.0)


def test_a_failure_is_remembered_in_words(database):
    (number,) = add(database, b"/inbox/a")
    with database.begin() as session:
        ledger.note(session, number, failure=Failure("locked", "it cannot be read", "Unlock it."))
        entry = ledger.get_file(session, number)
    assert (entry.error_code, entry.error_message, entry.error_remedy) == ("locked", "it cannot be read", "Unlock it.")


def test_oldest_or_newest_first(database):
    first, second = add(database, b"/inbox/a", b"/inbox/b")
    with database.begin() as session:
        ledger.change_many(session, [first, second], FileState.SETTLED, 11.0)
        oldest = ledger.list_settled(session, limit=1, inboxes=[INBOX])
        newest = ledger.list_settled(session, limit=1, inboxes=[INBOX], newest=True)
        elsewhere = ledger.list_settled(session, limit=1, inboxes=["/other"])
    assert ([entry.id for entry in oldest], [entry.id for entry in newest]) == ([first], [second])
    assert elsewhere == []


def test_the_next_times_leave_out_inboxes_that_cannot_be_reached(database):
    add(database, b"/inbox/a")
    add(database, b"/other/a", inbox="/other")
    with database.begin() as session:
        assert ledger.find_next_times(session, [INBOX]) == (15.0, None, None, False)
        assert ledger.find_next_times(session, []) == (None, None, None, False)
        assert ledger.find_next_times(session, [INBOX]).first_s == 15.0


def test_the_mount_of_an_inbox_is_remembered(database):
    with database.begin() as session:
        assert ledger.get_mount(session, INBOX) is None
        ledger.set_mount(session, INBOX, "/", "ext4", "/dev/vda")
        ledger.set_mount(session, INBOX, "/inbox", "nfs4", "nas:/in")
    with database.begin() as session:
        assert ledger.get_mount(session, INBOX) == ("/inbox", "nfs4", "nas:/in")


def test_nothing_that_is_asked_at_every_turn_reads_the_whole_table(database):
    """The ledger keeps every file for ever; with a million rows a scan of it would take a second each time."""
    asked: list[str] = []
    (number,) = add(database, b"/inbox/a")
    with database.begin() as session:
        driver = get_driver(session.connection())
        driver.set_trace_callback(asked.append)
        ledger.list_owners(session, INBOX)
        ledger.list_due(session, FileState.SEEN, 0.0, limit=1, inboxes=[INBOX])
        ledger.list_settled(session, limit=1, inboxes=[INBOX])
        ledger.list_settled(session, limit=1, inboxes=[INBOX], newest=True)
        ledger.list_unfiled(session, 0.0, limit=1)
        ledger.list_in(session, FileState.SET_ASIDE)
        ledger.list_of_record(session, 1)
        ledger.find_next_times(session, [INBOX])
        ledger.find_first(session, "ab", 1)
        ledger.change_state(session, number, FileState.SETTLED, 1.0)
        ledger.change_many(session, [number], FileState.SEEN, 1.0)
        driver.set_trace_callback(None)
        plans = [
            (row[3], statement)
            for statement in asked
            if not statement.startswith("--")  # what a trigger does
            for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        ]
    assert len(asked) >= 11
    by_hand = next(statement for _, statement in plans if "ORDER BY seen_s, id" in statement)  # list_in
    small = ("ix_file_unfiled", "ix_file_settled")  # partial indexes: they hold only what is in work
    assert [plan for plan in plans if plan[0].startswith("SCAN file") and not plan[0].endswith(small)] == []
    assert [plan for plan in plans if "TEMP B-TREE" in plan[0] and plan[1] != by_hand] == []
    by_state = [
        plan for plan in plans if "filed_s IS NULL" in plan[1] and "ix_file_state (state=? AND next_s<?)" in plan[0]
    ]
    assert by_state == [], "every duplicate there ever was would be read"


def test_owners_can_be_asked_for_by_folder(database):
    add(database, b"/inbox/a", b"/inbox/sub/b", b"/inbox/sub/deep/c", b"/inbox/sub2/d", b"/inbox/sub\xff/e")
    with database.begin() as session:
        found = ledger.list_owners(session, INBOX, [b"/inbox/sub"])
        many = ledger.list_owners(session, INBOX, [b"/inbox/%d" % number for number in range(2_000)])
    assert sorted(entry.path for entry in found) == [b"/inbox/sub/b", b"/inbox/sub/deep/c"]
    assert len(many) == 5, "too many folders for a filter: all of them"


def test_more_files_at_once_than_a_statement_takes_variables(database):
    numbers = range(1, 40_001)
    add(database, b"/inbox/1")
    with database.begin() as session:
        execute = session.connection().exec_driver_sql
        columns = ", ".join(name for (name,) in execute("SELECT name FROM pragma_table_info('file')"))
        others = columns.replace("id, ", "numbers.id, ", 1).replace(" path, ", " CAST(numbers.id AS BLOB), ", 1)
        execute(
            "WITH RECURSIVE numbers(id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM numbers WHERE id < 40000) "
            f"INSERT INTO file ({columns}) SELECT {others} FROM file JOIN numbers"
        )
    with database.begin() as session:
        ledger.change_many(session, numbers, FileState.GONE, 11.0, in_inbox=False)
        assert session.connection().exec_driver_sql(
            "SELECT state, in_inbox, count(*) FROM file GROUP BY 1, 2"
        ).all() == [(FileState.GONE, 0, 40_000)]


def test_the_conditions_of_the_partial_indexes_name_the_states_that_the_ledger_means():
    unfiled = ", ".join(f"'{state}'" for state in sorted(FILING))

    assert f"state = '{FileState.SETTLED}'" == SETTLED.text
    assert f"filed_s IS NULL AND state IN ({unfiled})" == UNFILED.text

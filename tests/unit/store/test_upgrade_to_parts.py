"""A database filled under the first schema comes up to the second with everything in it."""

import sqlite3
from contextlib import closing

import pytest

from invoicewatch.errors import StoreError
from invoicewatch.store.database import migrate, reader
from invoicewatch.store.database.schema import HEAD
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.recall import find_records

KEPT = ("invoice", "run", "field", "edit", "text", "human_value", "file", "lesson", "near_duplicate", "word")


@pytest.fixture
def yesterday(tmp_path, monkeypatch):
    """A database of the first schema with a record, what hangs on it, a file of the ledger and a link."""
    with monkeypatch.context() as patch:
        for module in (migrate, reader):
            patch.setattr(module, "HEAD", "0001")
            patch.setattr(module, "REVISIONS", ("0001",))
        patch.setattr(migrate, "_TARGET", "0001")
        path = open_database(tmp_path).path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FILL)
    return path


FILL = """
INSERT INTO invoice (id, sha256, path, file_name, inbox, stored_path, media_type, status, arrived, run, page_count,
    seller_name, total, verified) VALUES
    (7, 'aa', '/in/a.pdf', 'a.pdf', '/in', '/archive/a.pdf', 'application/pdf', 'accepted',
     '2026-01-01T00:00:00.000000Z', 2, 3, 'Acme', 12500000, 1),
    (9, 'bb', '/in/b.pdf', 'b.pdf', '/in', '', 'application/pdf', 'needs_review',
     '2026-01-02T00:00:00.000000Z', 1, 1, 'Acme', 12500000, 0);
INSERT INTO run SELECT id, arrived, status, 'e 1', NULL, '[[10, 20, 0]]', '[]', '[]', '{}', '{}', NULL FROM invoice;
INSERT INTO text VALUES (7, 'Acme 1250.00', NULL, 0), (9, 'Acme', NULL, 0);
INSERT INTO field VALUES
    (7, 'total', 'money', '1250.00', 12500000, 0.9, 1, 1, 0.1, 0.1, 0.2, 0.2, 'ocr', 'label', '', '[]');
INSERT INTO human_value VALUES
    (1, 7, 'seller_name', 'text', 'Acme Ltd', 0, 'Acme', 'anna', '2026-01-03T00:00:00.000000Z');
INSERT INTO edit VALUES
    (7, 0, 1, 0, 0, 1, 'Acne', 'Acme', 0.1, 0.1, 0.2, 0.2, 'word', -2.0, -1.0, 'spelling');
INSERT INTO word VALUES (1, 'acme', 'acme');
INSERT INTO file (id, inbox, path, name, state, in_inbox, inode, size, mtime_ns, seen_s, changed_s, since_s, next_s,
    checks, attempts, crashes, without_model, sha256, media_type, target, error_code, error_message, error_remedy)
    VALUES (1, '/in', x'2f61', '/a', 'seen', 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 'aa', '', x'', '', '', '');
UPDATE file SET invoice_id = 7;
INSERT INTO lesson VALUES ('aa', 'acme', 1, 'Acme', '', '', '', '', 'dmy', ',', '');
INSERT INTO seller_memory VALUES ('acme', 1, 'Acme', '', '', '', '', 'dmy', ',', '');
INSERT INTO near_duplicate VALUES ('bb', 'aa');
"""


def test_nothing_is_lost_and_every_record_stands_for_its_whole_file(yesterday):
    before = count_rows(yesterday)
    database = open_database(yesterday.parent)
    with database.begin() as session:
        (stored,) = find_records(session, "aa")
        sellers = load_memory(session).sellers
    database.close()

    assert count_rows(yesterday) == before
    assert stored.id == 7
    assert stored.machine.part is None
    name = stored.invoice.fields["seller_name"]
    assert name is not None
    assert name.value == "Acme Ltd"
    assert [(seller.name, seller.date_order, seller.decimal_sign) for seller in sellers] == [("Acme", "dmy", ",")]
    with closing(sqlite3.connect(yesterday)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT invoice_id FROM file").fetchall() == [(7,)]
        assert connection.execute("SELECT * FROM near_duplicate").fetchall() == [("bb", 0, "aa", 0)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_foreign_keys_hold_again_afterwards(yesterday):
    database = open_database(yesterday.parent)
    with database.begin() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        session.connection().exec_driver_sql("UPDATE file SET invoice_id = NULL")
        session.connection().exec_driver_sql("DELETE FROM invoice WHERE id = 7")
        assert session.connection().exec_driver_sql("SELECT count(*) FROM text").scalar() == 1
    database.close()


def test_a_dangling_reference_stops_the_upgrade_and_changes_nothing(yesterday):
    with closing(sqlite3.connect(yesterday)) as connection, connection:
        connection.execute("INSERT INTO text VALUES (99, 'nobody', NULL, 0)")
    with pytest.raises(StoreError, match="refer to missing"):
        open_database(yesterday.parent)
    with closing(sqlite3.connect(yesterday)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert "part" not in [row[1] for row in connection.execute("PRAGMA table_info(invoice)")]


def count_rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEPT}

"""An upgrade, rehearsed with a schema of tomorrow."""

import shutil
import sqlite3
import stat

import pytest

from invoicewatch.errors import StoreError
from invoicewatch.store.database import migrate, reader
from invoicewatch.store.database.backup import check_backup
from invoicewatch.store.database.schema import HEAD, REVISIONS
from invoicewatch.store.database.writer import open_database

TOMORROW = f"""
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = "{HEAD}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invoice", sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
"""


@pytest.fixture
def tomorrow(store, tmp_path, monkeypatch):
    """A database of today with a record, opened by a program of tomorrow."""
    store.save(store.make_invoice())
    store.database.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_mood.py").write_text(TOMORROW)
    monkeypatch.setattr(migrate, "_SCRIPTS", scripts)
    for module in (migrate, reader):
        monkeypatch.setattr(module, "HEAD", "9999")
        monkeypatch.setattr(module, "REVISIONS", (*REVISIONS, "9999"))
    return store


def test_a_database_migrates_with_its_data(tomorrow):
    database = open_database(tomorrow.state_dir)
    with database.begin() as session:
        rows = session.connection().exec_driver_sql("SELECT seller_name, mood FROM invoice").all()
    database.close()
    assert rows == [("Acme Widgets Ltd", "calm")]
    assert tomorrow.load(1).invoice.fields["invoice_number"].value == "INV-2024/0012"


def test_a_private_backup_is_made_before(tomorrow):
    open_database(tomorrow.state_dir).close()
    copy = tomorrow.state_dir / f"invoicewatch.db.{HEAD}.bak"
    assert check_backup(copy) == HEAD
    assert stat.S_IMODE(copy.stat().st_mode) & 0o007 == 0
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT seller_name FROM invoice").fetchone() == ("Acme Widgets Ltd",)
    connection.close()


def test_readers_ask_for_a_writer_first(tomorrow):
    with pytest.raises(StoreError, match=f"has schema {HEAD}, this program reads 9999"):
        tomorrow.load(1)


def test_a_failed_migration_leaves_the_database_as_it_was(tomorrow):
    script = migrate._SCRIPTS / "versions" / "9999_mood.py"
    script.write_text(TOMORROW + "    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        open_database(tomorrow.state_dir)
    connection = sqlite3.connect(tomorrow.state_dir / "invoicewatch.db")
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    assert "mood" not in [row[1] for row in connection.execute("PRAGMA table_info(invoice)")]
    connection.close()
    script.write_text(TOMORROW)
    open_database(tomorrow.state_dir).close()
    assert tomorrow.load(1) is not None

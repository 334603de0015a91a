import sqlite3

import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.upkeep.backup import restore_backup, write_backup
from invoicewatch.errors import ConfigError, InvoicewatchError, StoreError


def test_what_was_backed_up_is_put_back_and_the_database_before_stays_beside_it(shelf):
    shelf.save("a.pdf")
    file = shelf.folder / "copy.db"
    written = write_backup(shelf.state, file)
    assert (1, file.stat().st_size) == (written.count, written.size)
    shelf.save("b.pdf")
    restored = restore_backup(shelf.state, file, shelf.doer)
    aside = shelf.state / f"invoicewatch.db.{shelf.now:%Y%m%dT%H%M%S}.old"
    assert (1, aside) == (restored.count, restored.aside)
    connection = sqlite3.connect(aside)
    assert [(2,)] == connection.execute("SELECT count(*) FROM invoice").fetchall()
    connection.close()
    with pytest.raises(ConfigError, match="no invoice"):
        read_invoice(shelf.state, "2")


def test_a_file_that_is_there_is_replaced_only_if_that_is_said(shelf):
    file = shelf.folder / "copy.db"
    file.write_bytes(b"mine")
    with pytest.raises(ConfigError, match="there already"):
        write_backup(shelf.state, file)
    assert b"mine" == file.read_bytes()
    assert 0 == write_backup(shelf.state, file, replace=True).count


def test_what_is_no_backup_leaves_the_database_as_it_was(shelf):
    shelf.save("a.pdf")
    file = shelf.folder / "copy.db"
    file.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError):
        restore_backup(shelf.state, file, shelf.doer)
    assert 1 == read_invoice(shelf.state, "1").id
    assert [] == list(shelf.state.glob("*.old"))


def test_nothing_is_put_back_under_another_writer(shelf):
    from invoicewatch.store.database.writer import open_database

    file = shelf.folder / "copy.db"
    write_backup(shelf.state, file)
    database = open_database(shelf.state)
    try:
        with pytest.raises(InvoicewatchError):
            restore_backup(shelf.state, file, shelf.doer)
    finally:
        database.close()

"""Whether the database is sound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from invoicewatch.answers.health.check import Check, Verdict, report_broken
from invoicewatch.errors import InvoicewatchError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path


def check_database(state_dir: Path) -> Check:
    """The database: readable, of this program's schema, and sound."""
    path = database_path(state_dir)
    if not path.exists():
        return Check("database", Verdict.OK, f"{path} will be made with the first document")
    try:
        with open_reader(state_dir) as reader:
            count = reader.rows("SELECT count(*) FROM invoice")[0][0]
            fault = _find_fault(path)
    except InvoicewatchError as exc:
        return report_broken("database", exc)
    if fault:
        remedy = "Stop the daemon and restore a backup (`invoicewatch restore`); keep the damaged file."
        return Check("database", Verdict.BROKEN, f"{path}: {fault}", remedy, exit_code=4)
    return Check("database", Verdict.OK, f"{path}: sound, {count:,} documents, {path.stat().st_size / 1e6:,.1f} MB")


def _find_fault(path: Path) -> str | None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.Error as exc:
            return str(exc)
    return None if answer == "ok" else answer

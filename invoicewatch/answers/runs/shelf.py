"""The database as a batch of files uses it: read at once, written by libraries that take long to import, later."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.runs.batch import Parts
from invoicewatch.errors import StoreError
from invoicewatch.records import Document, Memory, Refusal, Status
from invoicewatch.store.database.in_use import share_use
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.memory.snapshot import read_memory
from invoicewatch.store.records.query import find_parts
from invoicewatch.store.records.refused import read_refused
from invoicewatch.workers.quiet import load_quietly

if TYPE_CHECKING:
    from invoicewatch.store.database.writer import Database


@contextmanager
def open_shelf(state_dir: Path, *, again: bool) -> Iterator[Shelf]:
    """The shelf of a state directory; the database is made or brought up to date at once if need be.

    Raises:
        StoreError: The database cannot be made or written, or is of a newer program.
        TransientError: It is being replaced, or another writer holds it for too long.
    """
    with ExitStack() as ends:
        shelf = Shelf(state_dir, again=again)
        ends.callback(shelf.close)
        in_use = _share_current(state_dir)
        if in_use is None:
            shelf.open()
        else:
            ends.callback(os.close, in_use)
        yield shelf


def _share_current(state_dir: Path) -> int | None:
    """Our part in the use of a database that is as it should be; None: opening it mends that, or says what is wrong."""
    try:
        with open_reader(state_dir) as reader:
            return share_use(state_dir) if os.access(reader.path, os.W_OK) else None
    except (StoreError, OSError):
        return None


class Shelf:
    """The database: what is in it is not read once more, unless ``again``."""

    def __init__(self, state_dir: Path, *, again: bool) -> None:
        self._state_dir = state_dir
        self._again = again
        self._database: Database | None = None
        self._loading: threading.Thread | None = None

    def find_known(self, document: Document) -> Parts:
        """See `Keeper`."""
        if self._again:
            return ()
        with open_reader(self._state_dir) as reader:
            found = tuple(stored.invoice for stored in find_parts(reader, document.sha256))
        # What failed may have been mended since: another language, a higher limit.
        return () if any(invoice.status is Status.FAILED for invoice in found) else found

    def load_memory(self) -> Memory:
        """See `Keeper`."""
        with open_reader(self._state_dir) as reader:
            return read_memory(reader)

    def list_refused(self, document: Document) -> tuple[Refusal, ...]:
        """See `Keeper`."""
        with open_reader(self._state_dir) as reader:
            return read_refused(reader, document.sha256)

    def get_ready(self) -> None:
        """See `Keeper`: import what writes beside whoever waits for the workers."""
        if self._database is None and self._loading is None:
            self._loading = threading.Thread(target=_import_writers, name="shelf")
            self._loading.start()

    def keep(self, parts: Parts, document: Document) -> Parts:
        """See `Keeper`."""
        database = self.open()
        from invoicewatch.store.records.recording import record_parts

        # What is recorded is read again from any folder; what is told is the path as it was given.
        path = os.path.abspath(document.path)  # noqa: PTH100 - resolve() would follow links
        named = [replace(invoice, path=path) for invoice in parts]
        with database.begin() as session:
            kept = record_parts(session, named, arrived=document.arrived)
        return tuple(replace(invoice, path=document.path) for _, invoice in kept)

    def open(self) -> Database:
        """The database, opened for writing the first time. Raises StoreError or TransientError."""
        self._wait()
        if self._database is None:
            with load_quietly():
                from invoicewatch.store.database.writer import open_database

                self._database = open_database(self._state_dir)
        return self._database

    def close(self) -> None:
        """Let go of the database."""
        self._wait()
        if self._database is not None:
            self._database.close()

    def _wait(self) -> None:
        if self._loading is not None:
            self._loading.join()


def _import_writers() -> None:
    with load_quietly():
        from invoicewatch.store.database import writer  # noqa: F401
        from invoicewatch.store.records import recording  # noqa: F401

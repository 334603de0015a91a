"""The whole road over files that a person names. The store's libraries are imported while the workers start."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.runs.batch import Keeper, Parts, read_files
from invoicewatch.config import Config
from invoicewatch.records import Document, Memory, Refusal, Status
from invoicewatch.workers.quiet import load_quietly

if TYPE_CHECKING:
    from invoicewatch.store.database.writer import Database
    from invoicewatch.workers.interpreter import Interpreter


def process_files(
    config: Config,
    files: Sequence[Path],
    *,
    store: bool = True,
    again: bool = False,
    ahead: Interpreter | None = None,
) -> Generator[Parts, None, None]:
    """The records of each file, in order, as they come; what cannot be read comes as a failed record.

    Close the iterator if you leave it early: it holds workers and the database.

    Args:
        config: All settings.
        files: At least one; none is moved, changed or deleted.
        store: Record what is read, and use what is recorded.
        again: Read documents again that are recorded already; without it they come as duplicates.
        ahead: An interpreter that was started before, for the first worker.

    Raises:
        ConfigError: The settings name something that does not exist.
        DependencyError: Something that every document needs is missing.
        StoreError: The database cannot be opened or written.
    """

    def open_keeper() -> AbstractContextManager[Keeper]:
        return _open_shelf(Path(config.paths.state), again) if store else nullcontext(_Nowhere())

    yield from read_files(config, files, open_keeper, spread_pages=True, ahead=ahead)


class _Nowhere:
    """Nothing is known and nothing is kept."""

    def find_known(self, _document: Document) -> Parts:
        return ()

    def keep(self, parts: Parts, _document: Document) -> Parts:
        return parts

    def load_memory(self) -> Memory:
        return Memory()

    def list_refused(self, _document: Document) -> tuple[Refusal, ...]:
        return ()


@contextmanager
def _open_shelf(state_dir: Path, again: bool) -> Iterator[_Shelf]:
    with load_quietly():
        # All of it now: later the record would wait for it, and now it is the worker that still has to load.
        from invoicewatch.store.database.writer import open_database
        from invoicewatch.store.memory import learning  # noqa: F401
        from invoicewatch.store.records import recall, recording, refusals  # noqa: F401

        database = open_database(state_dir)
    try:
        yield _Shelf(database, again)
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The database: what is in it is not read once more, unless ``again``."""

    database: Database
    again: bool

    def find_known(self, document: Document) -> Parts:
        from invoicewatch.store.records.recall import find_records

        if self.again:
            return ()
        with self.database.begin() as session:
            found = tuple(stored.invoice for stored in find_records(session, document.sha256))
        # What failed may have been mended since: another language, a higher limit.
        return () if any(invoice.status is Status.FAILED for invoice in found) else found

    def keep(self, parts: Parts, document: Document) -> Parts:
        from invoicewatch.store.records.recording import record_parts

        # What is recorded is read again from any folder; what is told is the path as it was given.
        path = os.path.abspath(document.path)  # noqa: PTH100 - resolve() would follow links
        named = [replace(invoice, path=path) for invoice in parts]
        with self.database.begin() as session:
            kept = record_parts(session, named, arrived=document.arrived)
        return tuple(replace(invoice, path=document.path) for _, invoice in kept)

    def load_memory(self) -> Memory:
        from invoicewatch.store.memory.learning import load_memory

        with self.database.begin() as session:
            return load_memory(session)

    def list_refused(self, document: Document) -> tuple[Refusal, ...]:
        from invoicewatch.store.records.refusals import list_refused

        with self.database.begin() as session:
            return list_refused(session, document.sha256)

"""The whole road over files that a person names."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from invoicewatch.answers.runs.batch import Parts, read_files
from invoicewatch.config import Config
from invoicewatch.records import Document, Memory, Refusal, Status
from invoicewatch.store.database.writer import Database, open_database
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.recall import find_records
from invoicewatch.store.records.recording import record_parts
from invoicewatch.store.records.refusals import list_refused


def process_files(
    config: Config, files: Sequence[Path], *, store: bool = True, again: bool = False
) -> Generator[Parts, None, None]:
    """The records of each file, in order, as they come; what cannot be read comes as a failed record.

    Close the iterator if you leave it early: it holds workers and the database.

    Args:
        config: All settings.
        files: At least one; none is moved, changed or deleted.
        store: Record what is read, and use what is recorded.
        again: Read documents again that are recorded already; without it they come as duplicates.

    Raises:
        ConfigError: The settings name something that does not exist.
        DependencyError: Something that every document needs is missing.
        StoreError: The database cannot be opened or written.
    """
    if not store:
        yield from read_files(config, files, _Nowhere(), spread_pages=True)
        return
    database = open_database(Path(config.paths.state))
    try:
        yield from read_files(config, files, _Shelf(database, again), spread_pages=True)
    finally:
        database.close()


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


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The database: what is in it is not read once more, unless ``again``."""

    database: Database
    again: bool

    def find_known(self, document: Document) -> Parts:
        if self.again:
            return ()
        with self.database.begin() as session:
            found = tuple(stored.invoice for stored in find_records(session, document.sha256))
        # What failed may have been mended since: another language, a higher limit.
        return () if any(invoice.status is Status.FAILED for invoice in found) else found

    def keep(self, parts: Parts, document: Document) -> Parts:
        # What is recorded is read again from any folder; what is told is the path as it was given.
        path = os.path.abspath(document.path)  # noqa: PTH100 - resolve() would follow links
        named = [replace(invoice, path=path) for invoice in parts]
        with self.database.begin() as session:
            kept = record_parts(session, named, arrived=document.arrived)
        return tuple(replace(invoice, path=document.path) for _, invoice in kept)

    def load_memory(self) -> Memory:
        with self.database.begin() as session:
            return load_memory(session)

    def list_refused(self, document: Document) -> tuple[Refusal, ...]:
        with self.database.begin() as session:
            return list_refused(session, document.sha256)

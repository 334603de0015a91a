"""The record that a person means, and the file it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.errors import ConfigError
from invoicewatch.records import Document
from invoicewatch.store.database.reader import Rows, open_reader
from invoicewatch.store.records.query import StoredInvoice, find_invoice, find_invoice_id


def read_invoice(state_dir: Path, name: str) -> StoredInvoice:
    """The record of that name, as it is now.

    Raises:
        ConfigError: There is none.
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        return get_invoice(reader, name)


def get_invoice(reader: Rows, name: str) -> StoredInvoice:
    """The record of a number or of the beginning of a SHA-256. Raises ConfigError if there is none."""
    number = find_invoice_id(reader, name)
    stored = None if number is None else find_invoice(reader, number)
    if stored is None:
        remedy = "`invoicewatch list` and `invoicewatch search` show the IDs there are."
        raise ConfigError(f"no invoice {name!r}", remedy=remedy, code="no_invoice")
    return stored


def list_places(stored: StoredInvoice) -> list[Path]:
    """Where a record's file should lie: where it was filed, then where it came from."""
    return [Path(path) for path in (stored.stored_path, stored.machine.path) if path]


def find_original(stored: StoredInvoice) -> Path | None:
    """The first of these places at which there is a file; its bytes are not compared."""
    return next((path for path in list_places(stored) if path.is_file()), None)


def read_attachments(config: Config, path: Path) -> Mapping[str, bytes]:
    """The files inside a file by their names; of XML the file itself, taken out of its signed container.

    Raises:
        DocumentError: It cannot be opened, or is no document.
    """
    from invoicewatch.pages.load import open_pages

    document = Document(str(path), path.read_bytes(), "", "", datetime.now(UTC))
    with closing(open_pages(document, config.pages, max_bytes=config.intake.max_bytes)) as pages:
        return dict(pages.attachments)

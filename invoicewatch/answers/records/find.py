"""The record that a person means, and the file it was read from."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

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


def open_original(stored: StoredInvoice) -> BinaryIO | None:
    """The first file at these places that has the very bytes that were recorded, to be read and closed.

    Others may write to an inbox: what lies there by now, or where a link there leads to, is handed to nobody.
    """
    for path in list_places(stored):
        try:
            file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115 - Path has no opener; it is handed out
        except OSError:
            continue
        if (
            stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            and hashlib.file_digest(file, "sha256").hexdigest() == stored.machine.sha256
        ):
            file.seek(0)
            return file
        file.close()
    return None


def _open_at_once(path: str, flags: int) -> int:
    """A pipe that lies there instead of a file is not waited for."""
    return os.open(path, flags | os.O_NONBLOCK)


def read_attachments(config: Config, path: Path, content: bytes) -> Mapping[str, bytes]:
    """The files inside a file by their names; of XML the file itself, taken out of its signed container.

    Raises:
        DocumentError: It cannot be opened, or is no document.
    """
    from invoicewatch.pages.load import open_pages

    document = Document(str(path), content, "", "", datetime.now(UTC))
    with closing(open_pages(document, config.pages, max_bytes=config.intake.max_bytes)) as pages:
        return dict(pages.attachments)

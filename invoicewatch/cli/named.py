"""The record and the person a command is about."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping

from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.records.query import StoredInvoice, find_invoice, find_invoice_id


def get_invoice(reader: Rows, name: str) -> StoredInvoice:
    """The record of a number or of the beginning of a SHA-256. Raises ConfigError if there is none."""
    number = find_invoice_id(reader, name)
    stored = None if number is None else find_invoice(reader, number)
    if stored is None:
        remedy = "`invoicewatch list` and `invoicewatch search` show the IDs there are."
        raise ConfigError(f"no invoice {name!r}", remedy=remedy, code="no_invoice")
    return stored


def find_person(env: Mapping[str, str]) -> str:
    """Who is at the keyboard: the one who called sudo, else the process's user."""
    if env.get("SUDO_USER"):
        return env["SUDO_USER"]
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())

"""Which state of a record somebody saw, so that two people do not overwrite each other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from invoicewatch.errors import ConfigError
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.records.query import StoredInvoice, find_invoice

if TYPE_CHECKING:
    from invoicewatch.store.ledger.files import Transaction


class OvertakenError(ConfigError):
    """A record is not what it was when somebody looked at it."""

    default_code = "overtaken"


def find_version(stored: StoredInvoice) -> str:
    """The name of a record's present state: another one after each run, each judgement and each entry."""
    state = f"{stored.id} {stored.run} {format_utc(stored.recorded)} {len(stored.entries)}"
    judged = f"{stored.machine.status} {stored.machine.reasons} {stored.machine.fields}"
    return hashlib.sha256(f"{state} {judged}".encode("utf-8", errors="surrogateescape")).hexdigest()[:16]


def check_version(session: Transaction, invoice_id: int, expected: str) -> None:
    """Nothing, if a record is still in that state. Raises OvertakenError; a record that is gone is nobody's change."""
    from invoicewatch.store.database.session_rows import SessionRows

    stored = find_invoice(SessionRows.open(session), invoice_id)
    if stored is None or find_version(stored) == expected:
        return
    last = f" by {stored.entries[-1].who}" if stored.entries else ""
    raise OvertakenError(
        f"record {invoice_id} was changed{last} meanwhile", remedy="Look at what they did, and say again."
    )

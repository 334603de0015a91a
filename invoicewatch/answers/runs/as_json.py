"""What a new run changed as plain JSON values: what programs read."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from invoicewatch.records import Invoice
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.lists import ChangeJson, RerunJson
from invoicewatch.store.upkeep.rerun import Rerun


def rerun_to_json(rerun: Rerun, invoice: Invoice) -> RerunJson:
    """A record that was read again: its number (null for a new part), status, error and changes."""
    return {
        "id": rerun.number,
        "status": str(invoice.status),
        "error": None if invoice.error is None else make_encodable(invoice.error.message),
        "changes": [cast("ChangeJson", asdict(change)) for change in rerun.changes],
    }

"""All that recording a document means, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from invoicewatch.records import Invoice
from invoicewatch.store.invoices import save_invoice
from invoicewatch.store.memory import learn
from invoicewatch.store.near_duplicates import flag_near_duplicates
from invoicewatch.store.recall import find_invoice

if TYPE_CHECKING:
    from sqlmodel import Session


def record_invoice(
    session: Session, invoice: Invoice, *, arrived: datetime, inbox: str = "", recorded: datetime | None = None
) -> tuple[int, Invoice]:
    """Keep a document that was read: link it with other scans of the same invoice, save it, and learn from it.

    Arguments are those of ``save_invoice``.

    Returns:
        The record's number, and the record as it was kept: another scan of a known invoice goes to review.
    """
    flagged = flag_near_duplicates(session, invoice)
    number = save_invoice(session, flagged, arrived=arrived, inbox=inbox, recorded=recorded)
    # A later run must not unlearn what a person said of this document.
    learn(session, find_invoice(session, invoice.sha256) or flagged)
    return number, flagged

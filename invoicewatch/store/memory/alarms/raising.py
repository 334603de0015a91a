"""Raise all alarms that earlier records give, each a reason for a review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from invoicewatch.records import Alarm, Invoice, Status
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.memory.alarms.amounts import find_unusual_total
from invoicewatch.store.memory.alarms.history import find_history
from invoicewatch.store.memory.alarms.identity import find_new_account, find_other_vat_id
from invoicewatch.store.memory.alarms.numbers import find_number_twice
from invoicewatch.store.memory.near_duplicates import describe_twins, find_near_duplicates, link_near_duplicates

if TYPE_CHECKING:
    from sqlmodel import Session


def raise_alarms(session: Session, invoice: Invoice) -> Invoice:
    """The record with the alarms that earlier records give, and linked with those that look like the same invoice.

    Call it before the record is saved, in the same transaction.
    """
    twins = link_near_duplicates(session, invoice)
    return _add(invoice, describe_twins(twins), find_alarms(session, invoice))


def foresee_alarms(session: Session, invoice: Invoice) -> Invoice:
    """As ``raise_alarms``, but nothing is written."""
    twins = find_near_duplicates(session, invoice)
    return _add(invoice, describe_twins(twins), find_alarms(session, invoice))


def find_alarms(session: Session, invoice: Invoice) -> list[Alarm]:
    """What the seller's earlier records say against ``invoice``; nothing for one that failed or is a duplicate."""
    if invoice.status not in {Status.ACCEPTED, Status.NEEDS_REVIEW}:
        return []
    rows = SessionRows.open(session)
    history = find_history(rows, invoice)
    if not history:
        return []
    return [
        *find_new_account(rows, invoice, history),
        *find_other_vat_id(invoice, history),
        *find_unusual_total(invoice, history),
        *find_number_twice(invoice, history),
    ]


def _add(invoice: Invoice, twins: Iterable[Alarm], others: Iterable[Alarm]) -> Invoice:
    alarms = (*twins, *others)
    if not alarms:
        return invoice
    reasons = dict.fromkeys((*invoice.reasons, *(alarm.words for alarm in alarms)))
    return replace(invoice, status=Status.NEEDS_REVIEW, reasons=tuple(reasons), alarms=(*invoice.alarms, *alarms))

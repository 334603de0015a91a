"""Labels that say something else than they seem to, once the whole document is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.numbered import is_numbered
from invoicewatch.extract.dates.roles import ISSUE_ROLES, DateRole


def settle_roles(claims: Sequence[DateClaim], *, reminder: bool) -> list[DateClaim]:
    """The claims with the roles that hold.

    Numbers that look like dates, and the days of a column of services, are no dates of issue. On a reminder neither are
    those of the invoices that it reminds of.

    Args:
        claims: All dates of a document.
        reminder: Whether it is a reminder.
    """
    columns = _count_columns(claims)
    return [_disown(claim) if _is_other(claim, columns, reminder=reminder) else claim for claim in claims]


def _count_columns(claims: Iterable[DateClaim]) -> Counter[tuple[int, int, int]]:
    """How many dates on rows with amounts stand under each heading."""
    return Counter(_place(claim) for claim in claims if claim.in_items)


def _place(claim: DateClaim) -> tuple[int, int, int]:
    label = claim.label
    return (label.row.page, label.row.number, label.first) if label else (0, 0, 0)


def _is_other(claim: DateClaim, columns: Counter[tuple[int, int, int]], *, reminder: bool) -> bool:
    if claim.label is None or claim.role not in ISSUE_ROLES:
        return False
    if is_numbered(claim) or (claim.in_items and columns[_place(claim)] > 1):
        return True
    return reminder and not (claim.role is DateRole.DATE and claim.beside)


def _disown(claim: DateClaim) -> DateClaim:
    return replace(claim, label=claim.label._replace(role=DateRole.OTHER)) if claim.label else claim

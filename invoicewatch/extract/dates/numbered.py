"""Numbers that only look like a date: ``Invoice #2015-11-04``."""

from __future__ import annotations

import re
from functools import lru_cache

from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.page.labels import Label, find_row_labels, load_labels
from invoicewatch.extract.page.layout import Row

_SIGN = re.compile(r"[#№]\s*$")
_NUMBER_ROLES = frozenset({"invoice_number", "document_number", "number", "order_number", "other_number"})


def is_numbered(claim: DateClaim) -> bool:
    """Whether what stands right before the date announces a number and no date."""
    if _SIGN.search(claim.before):
        return True
    labels = (label for label in list_number_labels(claim.row) if label.last == claim.first)
    return any(label.role in _NUMBER_ROLES and not _names_date(claim, label) for label in labels)


@lru_cache(maxsize=256)
def list_number_labels(row: Row) -> tuple[Label, ...]:
    """The labels of numbers on a row."""
    return tuple(find_row_labels(row, load_labels("identifiers"), fuzzy=False))


def _names_date(claim: DateClaim, label: Label) -> bool:
    """Whether a label of dates is as long: ``Rechnung vom`` before ``05.03.2024``."""
    return claim.label is not None and claim.beside and claim.role != "title" and claim.label.last >= label.last

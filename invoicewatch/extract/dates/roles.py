"""What a date may be, as the tables of ``labels/dates.toml`` name it."""

from __future__ import annotations

from enum import StrEnum


class DateRole(StrEnum):
    """What a label says of the date beside or below it; NONE where no label speaks of it."""

    ISSUE = "issue"
    DATE = "date"
    DUE = "due"
    DELIVERY = "delivery"
    ORDER = "order"
    CASH_DISCOUNT = "cash_discount"
    OTHER = "other"
    TITLE = "title"
    NONE = ""


ISSUE_ROLES = frozenset({DateRole.ISSUE, DateRole.DATE, DateRole.TITLE})

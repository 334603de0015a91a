"""What people do that is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """The word that stands in the log for what was done."""

    SET = "set"
    """A value was entered for a field."""
    UNDO = "undo"
    """What was entered for a field was taken back."""
    REFUSE = "refuse"
    """A change that correction made to the text was taken back."""
    ALLOW = "allow"
    """A change that was taken back may be made again."""
    REPROCESS = "reprocess"
    """A document was read again; an entry for each field that the machine reads otherwise."""
    RETRY = "retry"
    """A document that failed was given another try."""
    HAND_IN = "hand_in"
    """A file was handed in."""
    FORGET = "forget"
    """A record was erased, and with it the values of its entries."""
    FORGET_SELLER = "forget_seller"
    """What a document had taught of its seller was forgotten."""
    RESTORE = "restore"
    """A backup took the database's place; the entry names the head of the log that was there."""
    PERSON = "person"
    """Somebody was let in or shut out, or may do something else."""
    TOKEN = "token"  # noqa: S105 - a word, not a secret
    """A token was given out or taken back."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done.

    ``invoice_id``, ``sha256`` and ``part`` name a record, ``subject`` whatever else it was done to. ``before`` and
    ``after`` are the canonical texts of a field; None where there was or is nothing.
    """

    what: Deed
    invoice_id: int | None = None
    sha256: str = ""
    part: int = 0
    subject: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something, and when (timezone-aware)."""

    who: str
    when: datetime

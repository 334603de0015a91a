"""What the keys of a review mean."""

from __future__ import annotations

from enum import StrEnum

from invoicewatch.answers.review.questions import choose_other, confirm, deny
from invoicewatch.records.attention.question import Question
from invoicewatch.store.records.entries import Entry


class Step(StrEnum):
    """Where an answer leads."""

    NEXT = "next"
    SKIP = "skip"
    LEAVE = "leave"
    QUIT = "quit"
    OPEN = "open"
    TYPE = "type"
    UNKNOWN = "unknown"


KEYS = {
    "s": Step.SKIP,
    "d": Step.LEAVE,
    "q": Step.QUIT,
    "\x03": Step.QUIT,
    "\x04": Step.QUIT,
    "o": Step.OPEN,
    "e": Step.TYPE,
}


def read_key(question: Question, key: str) -> tuple[Step, Entry | None]:
    """What a key means: where it leads, and the entry it makes, if any."""
    if key in {"\r", "\n", "y", ""}:
        return _go_on(confirm(question))
    if key == "n":
        return Step.NEXT, deny(question)
    if key.isdecimal():
        return _go_on(choose_other(question, int(key)))
    return KEYS.get(key, Step.UNKNOWN), None


def _go_on(entry: Entry | None) -> tuple[Step, Entry | None]:
    return (Step.UNKNOWN, None) if entry is None else (Step.NEXT, entry)

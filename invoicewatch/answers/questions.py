"""Which fields of a record a person should look at, and what an answer means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.records import Alternative, Field, FieldValue, Invoice, Source
from invoicewatch.records.typed import parse_typed
from invoicewatch.store.records.entries import Entry

NEEDED = ("total", "issue_date")
_DOUBTFUL = 0.9
_MOST_ALTERNATIVES = 9


@dataclass(frozen=True, slots=True)
class Question:
    """A field to look at; ``field`` is None where nothing was found. ``others`` are the values on keys 1 to 9."""

    name: str
    field: Field | None
    others: tuple[Alternative, ...]


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


def list_questions(invoice: Invoice) -> list[Question]:
    """Total and date unless they are proved; then whatever else is doubtful, most important first."""
    names = [*NEEDED, *(name for name in invoice.fields if name not in NEEDED)]
    return [_ask(name, invoice.fields.get(name)) for name in names if _is_doubtful(name, invoice.fields.get(name))]


def _is_doubtful(name: str, field: Field | None) -> bool:
    if field is None:
        return name in NEEDED
    if field.verified or field.source is Source.HUMAN:
        return False
    return name in NEEDED or field.confidence < _DOUBTFUL


def _ask(name: str, field: Field | None) -> Question:
    others: dict[FieldValue, Alternative] = {}
    for other in field.alternatives if field else ():
        if field and other.value != field.value:
            others.setdefault(other.value, other)
    return Question(name, field, tuple(others.values())[:_MOST_ALTERNATIVES])


def read_key(question: Question, key: str) -> tuple[Step, Entry | None]:
    """What a key means: where it leads, and the entry it makes, if any."""
    if key in {"\r", "\n", "y", ""}:
        # Saying yes to a value proves it: a person saw the page.
        return (Step.NEXT, Entry(question.field.value)) if question.field else (Step.UNKNOWN, None)
    if key == "n":
        return Step.NEXT, Entry(None)
    if key.isdecimal() and 1 <= int(key) <= len(question.others):
        return Step.NEXT, Entry(question.others[int(key) - 1].value)
    return KEYS.get(key, Step.UNKNOWN), None


def read_typed(question: Question, text: str) -> Entry:
    """The entry for a typed value. Raises TypedValueError."""
    return Entry(parse_typed(question.name, text))

"""Which fields of a record a person should look at, and what an answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from invoicewatch.records import Alternative, Field, FieldValue, Invoice, Source, Status
from invoicewatch.records.typed import parse_typed
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.entries import Entry

NEEDED = ("total", "issue_date")
_DOUBTFUL = 0.9
_MOST_ALTERNATIVES = 9


@dataclass(frozen=True, slots=True)
class Question:
    """A field to look at; ``field`` is None where nothing was found. ``others`` are at most nine other readings."""

    name: str
    field: Field | None
    others: tuple[Alternative, ...]


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


def confirm(question: Question) -> Entry | None:
    """That the value is right, which proves it: a person saw the page. None where there is no value to confirm."""
    return Entry(question.field.value) if question.field else None


def deny() -> Entry:
    """That the document has no such field."""
    return Entry(None)


def choose_other(question: Question, number: int) -> Entry | None:
    """That another reading is right, counted from 1; None where there is no such reading."""
    return Entry(question.others[number - 1].value) if 1 <= number <= len(question.others) else None


def read_typed(question: Question, text: str) -> Entry:
    """The entry for a typed value. Raises TypedValueError."""
    return Entry(parse_typed(question.name, text))


def close_review(questions: Sequence[Question], answers: Mapping[str, Entry]) -> dict[str, Entry]:
    """The answers about a record as they are kept: with every question answered, its status becomes accepted."""
    if all(question.name in answers for question in questions):
        return {**answers, STATUS: Entry(str(Status.ACCEPTED))}
    return dict(answers)

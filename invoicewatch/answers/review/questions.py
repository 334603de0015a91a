"""Which fields of a record a person should look at, and what an answer means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from invoicewatch.answers.records.set import parse_change
from invoicewatch.answers.review.pointed import understand
from invoicewatch.records import Field, Invoice, Source, Status
from invoicewatch.records.attention.question import STATUS, Question, ask, list_needed
from invoicewatch.store.records.entries import Entry

_DOUBTFUL = 0.9


def list_questions(invoice: Invoice) -> list[Question]:
    """What settles the record, the likeliest to be wrong first; then whatever else is doubtful."""
    needed = list_needed(invoice)
    names = {question.name for question in needed}
    others = [
        ask(name, field)
        for name, field in invoice.fields.items()
        if name not in names and field is not None and _is_doubtful(field)
    ]
    whole = [question for question in needed if question.name == STATUS]
    return [*(question for question in needed if question not in whole), *others, *whole]


def _is_doubtful(field: Field) -> bool:
    return not field.verified and field.source is not Source.HUMAN and field.confidence < _DOUBTFUL


def confirm(question: Question) -> Entry | None:
    """That the value is right, which proves it: a person saw the page. None where there is no value to confirm."""
    if question.name == STATUS:
        return Entry(str(Status.ACCEPTED))
    return Entry(question.field.value) if question.field else None


def deny(question: Question) -> Entry:
    """That the document has no such field; of its status, that it stays as it is, in review."""
    return Entry(str(Status.NEEDS_REVIEW) if question.name == STATUS else None)


def choose_other(question: Question, number: int) -> Entry | None:
    """That another reading is right, counted from 1; None where there is no such reading."""
    return Entry(question.others[number - 1].value) if 1 <= number <= len(question.others) else None


def read_typed(question: Question, text: str) -> Entry:
    """The entry for a typed value. Raises TypedValueError."""
    return Entry(parse_change(STATUS, text) if question.name == STATUS else understand(question.name, text))


def close_review(needed: Sequence[Question], answers: Mapping[str, Entry]) -> dict[str, Entry]:
    """The answers about a record as they are kept: with all that it ``needed`` answered, its status becomes accepted.

    What was said of the status itself counts before that.
    """
    if needed and all(question.name in answers for question in needed):
        return {STATUS: Entry(str(Status.ACCEPTED)), **answers}
    return dict(answers)

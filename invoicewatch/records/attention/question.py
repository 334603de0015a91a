"""What a record asks: the fewest fields whose answers settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from invoicewatch.records.field import Alternative, Field, FieldValue, Source
from invoicewatch.records.invoice import Invoice, Status

STATUS = "status"
"""The field of a question about the document as a whole: may it be accepted as it is?"""

# Records of before questions were kept say only that they wait: then these are asked for.
_NEEDED = ("total", "issue_date")
_MOST_OTHERS = 9


@dataclass(frozen=True, slots=True)
class Question:
    """A field to settle; ``field`` is None where nothing was found, and where the whole document is asked about.

    ``others`` are at most nine other readings, each value once, the likeliest first. ``reason`` says why it is asked.
    """

    name: str
    field: Field | None
    others: tuple[Alternative, ...]
    reason: str = ""


def list_needed(invoice: Invoice) -> list[Question]:
    """The fewest questions that settle a record that needs a review, the field likeliest to be wrong first.

    What a person has answered is not asked again. What no field settles is asked of the status, last: a person has to
    say that the document is fine as it is.
    """
    if invoice.status is not Status.NEEDS_REVIEW:
        return []
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, reason in _list_reasons(invoice):
        if reason not in reasons[name]:
            reasons[name].append(reason)
    if not reasons:
        reasons[STATUS] = list(invoice.reasons)
    questions = [ask(name, invoice.fields.get(name), "; ".join(filter(None, why))) for name, why in reasons.items()]
    return sorted(questions, key=_rate)


def ask(name: str, field: Field | None, reason: str = "") -> Question:
    """The question for a field, with the other readings that are not its own value."""
    others: dict[FieldValue, Alternative] = {}
    for other in field.alternatives if field else ():
        if field and other.value != field.value:
            others.setdefault(other.value, other)
    likeliest = sorted(others.values(), key=lambda other: -other.confidence)
    return Question(name, field, tuple(likeliest[:_MOST_OTHERS]), reason)


def _list_reasons(invoice: Invoice) -> Iterator[tuple[str, str]]:
    """What is asked for, with the reason; several reasons may ask for one field."""
    asked = [*((each.field, each.reason) for each in invoice.asked), *((a.field, a.words) for a in invoice.alarms)]
    if not asked:
        asked = [(name, "") for name in _NEEDED if not _is_proved(invoice.fields.get(name))]
    for name, reason in asked:
        field = invoice.fields.get(name)
        if field is None or field.source is not Source.HUMAN:
            yield name or STATUS, reason


def _is_proved(field: Field | None) -> bool:
    return field is not None and field.verified


def _rate(question: Question) -> tuple[bool, float]:
    return question.name == STATUS, question.field.confidence if question.field else 0.0

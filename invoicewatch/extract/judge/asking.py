"""Which fields would settle a document that waits: those whose proof takes away a reason for the review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoicewatch.records import DATE_NAMES, MONEY_NAMES, Asked, Field, FieldValue, Source
from invoicewatch.records.attention.question import STATUS

Fields = Mapping[str, Field | None]
Judge = Callable[[Fields], Sequence[str]]


def find_asked(fields: Fields, reasons: Sequence[str], judge: Judge, today: date) -> tuple[Asked, ...]:
    """What to ask about a document that needs a review.

    Each field in turn is taken as proved, and the document is judged again: a reason that is gone then is one that an
    answer about this field settles. So what is asked follows the judge, whatever it asks for. A reason that no proof
    takes away is tried once more with another value in the field's place (a day that lies in the future, say); what
    is left is asked of the document as a whole.

    Args:
        fields: What was found.
        reasons: Why it needs a review.
        judge: Gives the reasons for other fields of the same document; reasons that only its pages give may be
            missing.
        today: The clock: a day that is surely possible.
    """
    left = list(reasons)
    asked: list[Asked] = []
    base = judge(fields)
    for name, field in _list_changes(fields, today):
        if not any(reason in base for reason in left):
            break
        after = judge({**fields, name: field})
        gone = [reason for reason in left if reason in base and reason not in after]
        if gone:
            asked.append(Asked(name, "; ".join(gone)))
            left = [reason for reason in left if reason not in gone]
    if left:
        asked.append(Asked(STATUS, "; ".join(left)))
    return tuple(asked)


def _list_changes(fields: Fields, today: date) -> Iterator[tuple[str, Field]]:
    """Each field as if it were proved: first with the value that it has, then with another."""
    for name, field in fields.items():
        if field is not None and not field.verified:
            yield name, replace(field, confidence=1.0, verified=True, alternatives=())
        elif field is None:
            yield name, _imagine(name, today)
    for name, field in fields.items():
        if field is not None:
            yield name, replace(_imagine(name, today), page=field.page)


def _imagine(name: str, today: date) -> Field:
    value: FieldValue = "invoice"
    if name in DATE_NAMES:
        value = today
    elif name in MONEY_NAMES:
        value = Decimal(1)
    return Field(name, value, 1.0, verified=True, page=None, box=None, source=Source.HUMAN, method="", text="")

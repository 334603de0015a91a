"""What the review shows of a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from invoicewatch.answers.records.version import find_version
from invoicewatch.answers.review.progress import list_open, list_settling, list_waiting_last
from invoicewatch.answers.review.waiting import read_waiting
from invoicewatch.records import FIELD_NAMES, Alternative, Field, FieldValue, Status, format_value
from invoicewatch.records.attention.question import STATUS, Question, ask
from invoicewatch.records.field import MONEY_NAMES
from invoicewatch.store.records.effective import latest_entries
from invoicewatch.store.records.query import HumanEntry, StoredInvoice, parse_value
from invoicewatch.web.pages.leaves import list_leaves

_MOST_NUMBERS = 300
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is shown; ``settles`` says that the record waits for it, ``entry`` is what somebody answered."""

    question: Question
    settles: bool
    entry: HumanEntry | None = None

    @property
    def name(self) -> str:
        """The field that it is about."""
        return self.question.name

    @property
    def value(self) -> FieldValue | None:
        """What counts now, if anything was found or said."""
        if self.entry is not None:
            return None if self.entry.value is None else parse_value(self.entry.kind, self.entry.value)
        return self.question.field.value if self.question.field else None


def read_document(state_dir: Path, number: int, later: Sequence[int]) -> dict[str, Any]:
    """The values of the template for a record. Raises ConfigError if there is none."""
    waiting = next(read_waiting(state_dir, [str(number)]))
    stored, queue = waiting.stored, list_waiting_last(state_dir, later)
    asked = list_asked(stored)
    said = {each.question.reason for each in asked}
    return {
        "stored": stored,
        "waits": stored.invoice.status is Status.NEEDS_REVIEW,
        "asked": asked,
        "reasons": [why for why in stored.invoice.reasons if not any(why in each for each in said)],
        "others": waiting.others,
        "leaves": list_leaves(stored),
        "record_version": find_version(stored),
        "later": write_numbers([each for each in later if each in set(queue)]),
        "count": len(queue),
        "money": MONEY_NAMES,
        "typed_fields": FIELD_NAMES,
        "canonical": format_value,
        "next": find_next(queue, number),
    }


def list_asked(stored: StoredInvoice) -> list[Asked]:
    """The open questions, then what people have answered."""
    settling, shown = list_settling(stored), list_open(stored)
    names = {question.name for question in shown}
    answered = [
        Asked(ask(name, None if name == STATUS else _find_readings(stored, name)), settles=False, entry=entry)
        for name, entry in latest_entries(stored.entries).items()
        if name not in names
    ]
    return [*(Asked(question, question.name in settling) for question in shown), *answered]


def _find_readings(stored: StoredInvoice, name: str) -> Field | None:
    """What somebody answered, with what the machine had read among the other readings; if there is none, the latter."""
    counts, read = stored.invoice.fields.get(name), stored.machine.fields.get(name)
    if counts is None or read is None:
        return counts or read
    machine = Alternative(read.value, read.confidence, read.page, read.box, read.text)
    return replace(counts, alternatives=(machine, *counts.alternatives))


def find_question(stored: StoredInvoice, name: str) -> Question | None:
    """The question about a field as :func:`list_asked` has it."""
    return next((each.question for each in list_asked(stored) if each.name == name), None)


def find_next(queue: Sequence[int], number: int) -> int | None:
    """Which record comes after one: the next of those that wait that is another."""
    return next((each for each in queue if each != number), None)


def name_page(number: int, later: str, last: str = "") -> str:
    """The address of a record's review, 0 for the beginning of all; ``later`` are the numbers that were put off.

    >>> name_page(7, "5.10"), name_page(0, "")
    ('/review/7?later=5.10', '/review')
    """
    query = urlencode({name: text for name, text in (("later", later), ("last", last)) if text})
    return f"/review{f'/{number}' if number else ''}{f'?{query}' if query else ''}"


def read_numbers(text: str) -> list[int]:
    """Numbers of records, joined by points as in an address; whatever is none is passed over.

    >>> read_numbers("5.10.x")
    [5, 10]
    """
    return [
        int(part)
        for part in text.split(".")[:_MOST_NUMBERS]
        if part.isascii() and part.isdecimal() and len(part) < _MOST_DIGITS
    ]


def write_numbers(numbers: Sequence[int]) -> str:
    """The text that :func:`read_numbers` reads, of the last few hundred."""
    return ".".join(str(number) for number in numbers[-_MOST_NUMBERS:])

"""How a seller's paper looks: the sketch of one document, and what the sketches of several have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter

from invoicewatch.pickling import pickle_by_values
from invoicewatch.records.field import Field, FieldValue

# The words by which a field's method says that a look decided; such a field teaches nothing.
WHERE_PRINTED = "where this seller prints it"
KNOWN_FROM = "known from"
# Fields whose place on the paper is learned, and the kind of their values in a sketch.
PLACED = {
    "total": "money",
    "issue_date": "date",
    "invoice_number": "text",
    "due_date": "date",
    "net_total": "money",
    "tax_total": "money",
    "amount_due": "money",
}
# A mark that more looks bear than this tells nobody apart: a bank's, a portal's, the buyer's.
_MOST_LOOKS = 8


class Beside(StrEnum):
    """How a value stands to the words that tell it from others."""

    AFTER = "after"  # right of them, on their row
    BELOW = "below"  # under them, in their column
    BEFORE = "before"  # left of them, on their row
    UNDER_ROW = "under row"  # on the row after theirs
    OVER_ROW = "over row"  # on the row before theirs


WORDS = {beside: attrgetter(beside.name.lower()) for beside in Beside}
"""How to take the words that stand so from a spot."""


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Spot:
    """A value on the page, with the words around it, folded as labels are compared; empty where there are none.

    ``kind`` is ``money``, ``date`` or ``text``. ``value`` is a plain decimal, an ISO date or a folded text; ``other``
    is the second day that a date in figures may mean.
    """

    kind: str
    value: str
    other: str = ""
    page: int = 1
    after: str = ""
    below: str = ""
    before: str = ""
    under_row: str = ""
    over_row: str = ""

    def words(self, beside: Beside) -> str:
        """The words that stand so to the value."""
        return str(WORDS[beside](self))

    def says(self, value: str) -> bool:
        """Whether it may be read as ``value``; of a credit note's sums the minus is not stated."""
        if self.kind == "money":
            return value.removeprefix("-") == self.value.removeprefix("-")
        return value in {self.value, self.other}


@dataclass(frozen=True, slots=True)
class Sketch:
    """One document as far as its seller's other documents are like it.

    ``marks`` name the seller (``vat:…``, ``iban:…``, ``phone:…``, ``host:…``, ``name:…``). ``words`` are hashes of
    words that stand once on the first page, with where they begin across and down it, in hundredths. ``labels`` are
    those of its sums and dates of issue, ``rates`` its rates of tax. ``currency`` and ``kind`` are empty where they
    were not found.
    """

    marks: tuple[str, ...] = ()
    words: tuple[tuple[int, int, int], ...] = ()
    spots: tuple[Spot, ...] = ()
    labels: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    currency: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field's value stands on all papers of a look: so to these words, on ``count`` documents.

    ``first`` and ``last`` say that it is the first and the last of several values that stand so; both, that all of
    them are the same.
    """

    name: str
    beside: Beside
    words: str
    count: int
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What ``lessons`` documents of one seller, alike in print, have in common.

    ``version`` is the memory's that changed it last. ``seller`` is the confirmed name, empty if there is none, and
    ``named`` how many documents confirmed it. ``least`` and ``most`` are the range of its totals as plain decimals,
    ``totals`` how many; ``every_days`` is the usual time between two documents, 0 if unknown.
    """

    key: int
    version: int
    lessons: int
    seller: str = ""
    named: int = 0
    marks: tuple[str, ...] = ()
    words: tuple[tuple[int, int, int], ...] = ()
    places: tuple[Place, ...] = ()
    labels: tuple[str, ...] = ()
    rates: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    totals: int = 0
    every_days: int = 0


@dataclass(frozen=True, slots=True)
class LookBook:
    """All looks, found by the marks that they bear.

    Of a mark that too many bear only so many are named as it takes to know that.
    """

    looks: Mapping[int, Look] = field(default_factory=dict)
    by_mark: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def find(self, marks: Iterable[str]) -> list[tuple[Look, tuple[str, ...]]]:
        """The looks that bear any of ``marks``, with those they bear; what too many bear does not count."""
        shared: dict[int, list[str]] = {}
        for mark in marks:
            keys = self.by_mark.get(mark, ())
            if len(keys) <= _MOST_LOOKS:
                for key in keys:
                    shared.setdefault(key, []).append(mark)
        return [(self.looks[key], tuple(found)) for key, found in shared.items()]

    def renewed(self, changed: Iterable[Look], removed: Collection[int] = ()) -> LookBook:
        """The book with ``changed`` looks in place of their older selves, and without ``removed`` ones."""
        changed = list(changed)
        looks, by_mark = dict(self.looks), dict(self.by_mark)
        for key in [*removed, *(look.key for look in changed)]:
            old = looks.pop(key, None)
            for mark in old.marks if old is not None else ():
                by_mark[mark] = tuple(other for other in by_mark[mark] if other != key)
        for look in changed:
            looks[look.key] = look
            for mark in look.marks:
                borne = by_mark.get(mark, ())
                if len(borne) <= _MOST_LOOKS:
                    by_mark[mark] = (*borne, look.key)
        return LookBook(looks, by_mark)


def write_value(name: str, value: FieldValue) -> str:
    """A field's value as a sketch has it: ``119`` for 119.00, an ISO date, a number's letters and digits, else itself.

    >>> write_value("total", Decimal("119.00")), write_value("invoice_number", "RE 17/3")
    ('119', 're173')
    """
    if isinstance(value, Decimal):
        return write_money(value)
    if isinstance(value, date):
        return value.isoformat()
    return "".join(filter(str.isalnum, value.casefold())) if PLACED.get(name) == "text" else value


def write_money(value: Decimal) -> str:
    """An amount without the zeros at its end."""
    return format(value.normalize() + 0, "f")


def is_from_look(one: Field) -> bool:
    """Whether a look decided the field; then it teaches nothing, or the memory would confirm itself."""
    return WHERE_PRINTED in one.method or one.method.startswith(KNOWN_FROM)

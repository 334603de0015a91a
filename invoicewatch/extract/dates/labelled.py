"""Which label speaks of a date: the one before it on its row, or the one above it in its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import Row

SHORT_PHRASE = 3  # letters: such a word counts only right before its date
_REACH_ABOVE = 2


def find_beside(labels: Sequence[Label], since: int, first: int) -> Label | None:
    """The last label between the date before (ending at word ``since``) and the date at word ``first``.

    Terms for early payment win over what follows them (``2% discount until``). A title counts only if nothing but a
    number stands between, a short word (``le``, ``vom``) only right before the date.
    """
    before = [label for label in labels if since <= label.first and (label.last <= first or label.first == first)]
    for label in before:
        if label.role == DateRole.CASH_DISCOUNT:
            return label
    for label in reversed(before):
        between = label.row.words[label.last : first]
        if label.role == DateRole.TITLE and not all(_load_numbering().fullmatch(word.text) for word in between):
            continue
        if len(label.phrase) > SHORT_PHRASE or not between:
            return label
    return None


def find_above(row: Row, first: int, last: int, labels: Sequence[Sequence[Label]], n: int) -> Label | None:
    """The label in the same column on one of the rows above: a heading, or the end of a line of prose."""
    box = row.box_of(first, last)
    for above in range(n - 1, max(-1, n - 1 - _REACH_ABOVE), -1):
        over = [
            label for label in labels[above] if _heads(label) and min(label.box.x1, box.x1) > max(label.box.x0, box.x0)
        ]
        if over:
            return over[0]
        if first == 0 and above == n - 1 and labels[above]:
            tail = labels[above][-1]
            if tail.last >= len(tail.row.words) - 1 and tail.role != DateRole.TITLE:
                return tail
    return None


def _heads(label: Label) -> bool:
    """Whether a label can stand above its date: titles and short words cannot."""
    return label.role != DateRole.TITLE and len(label.phrase) > SHORT_PHRASE


@cache
def _load_numbering() -> re.Pattern[str]:
    """What may stand between a document's title and its date: ``Invoice No. 4711 of``."""
    number, link = write_pattern("number_words", "before_date"), write_pattern("date_words", "before_date")
    return re.compile(rf"\S*\d\S*|{number}[.:°]*|[#:,]|{link}", re.IGNORECASE)

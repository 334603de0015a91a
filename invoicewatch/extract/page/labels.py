"""Where labels stand on a page.

A label's phrases stand in the languages' files (``extract/labels/``). Where two labels overlap the longer one wins, so
``total qty`` in one table keeps ``total`` in another from matching.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from invoicewatch.extract.page.glued import find_currency_end, is_filler
from invoicewatch.extract.page.label_tables import LabelTable, Phrase, load_labels, may_be_label, skeleton_of
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Box, Source

__all__ = ["Label", "LabelTable", "Phrase", "find_labels", "find_row_labels", "load_labels", "skeleton_of"]

_MAX_WORDS = 7


class Label(NamedTuple):
    """A label on a page: words ``first`` up to but not including ``last`` of a row.

    ``score`` is 1 for the phrase itself, less for each letter that differs. ``leads`` says that it begins its cell.
    """

    role: str
    language: str
    phrase: str
    row: Row
    first: int
    last: int
    score: float
    leads: bool

    @property
    def box(self) -> Box:
        """The box around the label's words."""
        return self.row.box_of(self.first, self.last)

    @property
    def text(self) -> str:
        """The label as it was read."""
        return self.row.join(self.first, self.last)


class _Run(NamedTuple):
    """Words ``first`` to before ``last`` of a cell that begins with word ``begin``, and what of them is compared."""

    begin: int
    first: int
    last: int
    skeleton: str
    currency: str


def find_labels(page: PageView, table: LabelTable) -> list[Label]:
    """All labels of ``table`` on ``page`` in reading order; no two overlap. A text layer has no misreadings."""
    if table not in page.memo:
        fuzzy = page.source is not Source.TEXT_LAYER
        page.memo[table] = tuple(label for row in page.rows for label in find_row_labels(row, table, fuzzy=fuzzy))
    return list(page.memo[table])


def find_row_labels(row: Row, table: LabelTable, *, fuzzy: bool = True) -> list[Label]:
    """The labels on one row, left to right; where two overlap the longer, then the better one stays.

    With ``fuzzy`` a label may be misread in a letter, or two if it is long.
    """
    asked = (table, fuzzy)
    if asked not in row.memo:
        row.memo[asked] = tuple(_look_for_labels(row, table, fuzzy=fuzzy))
    return list(row.memo[asked])


def _look_for_labels(row: Row, table: LabelTable, *, fuzzy: bool) -> list[Label]:
    found: list[tuple[int, float, Label]] = []
    for run in _list_common_runs(row) if table.common else _list_runs(row):
        match = _match(run.skeleton, table, run.currency, fuzzy)
        if match:
            phrase, score = match
            leads = all(is_filler(word.text) for word in row.words[run.begin : run.first])
            label = Label(phrase.role, phrase.language, phrase.text, row, run.first, run.last, score, leads)
            found.append((len(phrase.skeleton), score, label))
    return _keep_longest(found)


def _list_common_runs(row: Row) -> Sequence[_Run]:
    """The few runs of words that a table of the languages may have a label for; every table asks for the same."""
    if may_be_label not in row.memo:
        row.memo[may_be_label] = tuple(run for run in _list_runs(row) if may_be_label(run.skeleton, run.currency))
    runs: Sequence[_Run] = row.memo[may_be_label]
    return runs


def _list_runs(row: Row) -> Sequence[_Run]:
    if _Run not in row.memo:
        row.memo[_Run] = tuple(_find_runs(row))
    runs: Sequence[_Run] = row.memo[_Run]
    return runs


def _find_runs(row: Row) -> Iterator[_Run]:
    texts = [word.text for word in row.words]
    skeletons = [_word_skeleton(text) for text in texts]
    currencies = [find_currency_end(text, after) for text, after in pairwise([*texts, ""])]
    for begin, end in row.cells:
        for first in range(begin, end):
            joined = ""
            for last in range(first + 1, min(end, first + _MAX_WORDS) + 1):
                part = skeletons[last - 1]
                if part is None:
                    break
                joined += part
                if part:
                    yield _Run(begin, first, last, joined, currencies[last - 1])


@lru_cache(maxsize=20_000)  # every page has the same labels
def _match(skeleton: str, table: LabelTable, currency: str, fuzzy: bool) -> tuple[Phrase, float] | None:
    return table.match(skeleton, currency, fuzzy=fuzzy)


@lru_cache(maxsize=20_000)  # every extractor asks anew for the words of a page
def _word_skeleton(text: str) -> str | None:
    """The skeleton of one word, or None where it is a figure and no label may run across it."""
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if digits > letters:
        return None
    return skeleton_of(text)


def _keep_longest(found: list[tuple[int, float, Label]]) -> list[Label]:
    kept: list[Label] = []
    for _, _, label in sorted(found, key=lambda each: (-each[0], -each[1], each[2].first)):
        if all(label.last <= other.first or other.last <= label.first for other in kept):
            kept.append(label)
    return sorted(kept, key=lambda label: label.first)

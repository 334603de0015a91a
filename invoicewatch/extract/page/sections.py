"""Whose part of the page a line belongs to: blocks under headings such as ``Seller`` or ``Bill to``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.labels import Label, find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.wording import find_block_ends
from invoicewatch.records import Box

# An address with its numbers seldom takes more lines than this.
_MAX_ROWS = 12
_WIDE_GAP = 2.5  # lines: a blank line between two parts of an address makes two
_CLEAR = 0.85  # one letter of seven may be misread: what differs more may be another word
_SHORT_WORD = 4  # from, to, van, aan
_BROKEN = re.compile(r"[^\W\d_]-$")
_HEADINGS = frozenset({"seller", "buyer", "other_party", "end"})


@dataclass(frozen=True)
class Section:
    """A party's block: rows ``first`` up to but not including ``last``, between ``x0`` and ``x1``.

    ``role`` is ``seller``, ``buyer`` or ``other_party``; ``heading`` its label.
    """

    role: str
    heading: Label
    first: int
    last: int
    x0: float
    x1: float

    def holds(self, row: int, box: Box) -> bool:
        """Whether what stands in ``box`` on row number ``row`` begins inside this block."""
        return self.first <= row < self.last and self.x0 <= box.x0 < self.x1


def find_sections(page: PageView) -> list[Section]:
    """The blocks of ``page``, in reading order."""
    # With the other tables at hand, "Invoice no" is not taken for a misread "Invoice to".
    table = load_labels("parties", "identifiers", "kinds", "dates")
    headings = [label for label in find_labels(page, table) if _is_heading(label) and not _goes_on(page, label)]
    ends = find_block_ends(page)
    return [_bound(page, label, headings, ends) for label in headings if label.role != "end"]


def find_role(sections: list[Section], row: int, box: Box) -> str:
    """The role of the block that holds ``box``; empty where none does."""
    holding = [section for section in sections if section.holds(row, box)]
    return max(holding, key=lambda section: section.first).role if holding else ""


def _is_heading(label: Label) -> bool:
    """A heading leads its cell; words such as ``to`` and ``van`` count only with a colon or alone."""
    if label.role not in _HEADINGS or not label.leads or label.score < _CLEAR:
        return False
    _, end = label.row.cell_at(label.first)
    if _has_colon(label):
        return True
    return label.last == end and not _has_number_mark(label.row, end) and not _is_prose(label, end)


def _goes_on(page: PageView, label: Label) -> bool:
    """Whether it is the rest of a word that was broken on the row above: ``Art-Nr-`` over ``Lieferant``."""
    above = page.rows[label.row.number - 1] if label.row.number else None
    cells = [above.box_of(*cell) for cell in above.cells if _BROKEN.search(above.join(*cell))] if above else []
    return any(min(box.x1, label.box.x1) > max(box.x0, label.box.x0) for box in cells)


def _has_number_mark(row: Row, end: int) -> bool:
    """Whether the next cell says that a number follows: ``Client  n°  80315``."""
    return end < len(row.words) and _load_number_mark().fullmatch(row.words[end].text) is not None


@cache
def _load_number_mark() -> re.Pattern[str]:
    return re.compile(rf"{write_pattern('number_words', 'mark')}[.:°º]*", re.IGNORECASE)


def _is_prose(label: Label, end: int) -> bool:
    """Whether a short word stands in running text: it begins small, or what follows it does."""
    following = label.row.words[end].text if end < len(label.row.words) else ""
    return len(label.phrase) <= _SHORT_WORD and (label.text[:1].islower() or following[:1].islower())


def _has_colon(label: Label) -> bool:
    follows = label.row.words[label.last].text if label.last < len(label.row.words) else ""
    return label.text.endswith(":") or follows.startswith(":")


def _bound(page: PageView, heading: Label, headings: list[Label], ends: list[int]) -> Section:
    """The block reaches down to the next heading in its column or row of ``ends``, right to the next cell but one.

    (A heading with a colon may have its name in the next cell: then the block reaches over that one.)
    """
    row, box = heading.row, heading.box
    beside = [row.words[first].box.x0 for first, _ in row.cells if first >= heading.last]
    others = [other.box.x0 for other in headings if other.row is row and other.box.x0 > box.x1]
    right = min(others + beside[int(_has_colon(heading)) :], default=1.0)
    left = box.x0 - 2 * box.height
    below = (
        other.row.number
        for other in headings
        if other.row.number > row.number and (other.box.x0 < right and other.box.x1 > left)
    )
    last = min([row.number + _MAX_ROWS, *below, *(end for end in ends if end > row.number)])
    return Section(heading.role, heading, row.number, _find_end(page, heading, last, left, right), left, right)


def _find_end(page: PageView, heading: Label, last: int, left: float, right: float) -> int:
    """The block ends before a gap that is much wider than the distance of its lines."""
    tops = [heading.box.y0]
    for row in page.rows[heading.row.number + 1 : last]:
        starts = [row.words[first].box for first, _ in row.cells]
        inside = [box.y0 for box in starts if left <= box.x0 < right]
        if not inside:
            continue
        pitches = [lower - upper for upper, lower in pairwise(tops)]
        if len(pitches) > 1 and inside[0] - tops[-1] > _WIDE_GAP * median(pitches[1:]):
            return row.number
        tops.append(inside[0])
    return last

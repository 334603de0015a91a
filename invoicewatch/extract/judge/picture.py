"""Several receipts in one picture: blocks of print apart from each other, each with a total and a day of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, view_page
from invoicewatch.extract.page.titles import find_mentions
from invoicewatch.extract.total.reading.claims import find_claims
from invoicewatch.extract.total.reading.sheet import view_sheets
from invoicewatch.records import Box, Line, Reading

_ROLES = frozenset({AmountRole.PAYABLE, AmountRole.TOTAL})
_DAY = re.compile(r"(?<!\d)\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)")
_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)")
_GUTTER_CHARS = 1.5  # a gap between words is narrower
_NEAR_LINES = 2.5  # a time of day stands on the date's row or the next one


@dataclass
class _Block:
    """What belongs to one receipt as far as it is seen: totals, days, and whether a time goes with a day.

    ``later`` are other totals below a whole one: those of the next receipt, if it has its day at the foot.
    """

    totals: set[Decimal] = field(default_factory=set)
    later: set[Decimal] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    timed: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.totals and self.days and self.timed)


@lru_cache(maxsize=16)  # a document that waits is judged once for each of its fields
def count_receipts(reading: Reading) -> int:
    """How many receipts lie in the picture, as far as they can be told apart; 1 for any other page.

    Side by side each needs a total, a date, and a time of day or a title; one below the other a time each and
    different days, because the slip of a card repeats the receipt above it.
    """
    page = view_page(reading)
    if sum(label.role in _ROLES for label in find_labels(page, load_labels("amounts"))) < 2:  # noqa: PLR2004
        return 1
    gutters = list(_find_gutters(page))
    stacked = _count_stacked(page)
    beside = sum(map(_count_strip, _part_strips(reading, gutters))) if gutters else stacked or _count_titled(page)
    return max(1, stacked, beside)


def _part_strips(reading: Reading, gutters: Sequence[float]) -> Iterator[PageView]:
    """The picture cut at gaps that no word crosses; labels and their amounts stay together until a receipt is whole."""
    left = 0.0
    for right in (*gutters, 1.0):
        strip = view_page(_cut(reading, left, right))
        if strip.rows and (right == 1.0 or _count_strip(strip)):
            yield strip
            left = right


def _find_gutters(page: PageView) -> Iterator[float]:
    words = sorted((word.box for row in page.rows for word in row.words), key=lambda box: box.x0)
    reached = words[0].x1
    for box in words:
        if box.x0 - reached > _GUTTER_CHARS * page.char_width:
            yield (box.x0 + reached) / 2
        reached = max(reached, box.x1)


def _cut(reading: Reading, left: float, right: float) -> Reading:
    """The words between two edges."""
    lines = (tuple(word for word in line.words if left <= word.box.middle[0] < right) for line in reading.lines)
    return replace(reading, lines=tuple(Line(words) for words in lines if words))


def _count_strip(page: PageView) -> int:
    return _count_stacked(page) or _count_titled(page)


def _count_titled(page: PageView) -> int:
    """1 for a receipt under a title, which needs no time of day."""
    titled = any(mention.alone for mention in find_mentions(page))
    return int(titled and bool(_find_totals(page)) and bool(_find_days(page)))


def _count_stacked(page: PageView) -> int:
    """The whole blocks from top to bottom: one begins where a whole one is followed by another day."""
    blocks = [_Block()]
    totals, days = _find_totals(page), _find_days(page)
    for box, value in sorted([*totals, *days], key=lambda item: item[0].y0):
        block = blocks[-1]
        if isinstance(value, Decimal):
            known = block.later if block.is_whole and value not in block.totals else block.totals
            known.add(value)
            continue
        if block.is_whole and value not in block.days:
            block = _Block(block.later)
            blocks.append(block)
        block.days.add(value)
        block.timed |= _has_time_near(page, box)
    return sum(block.is_whole for block in blocks)


def _find_totals(page: PageView) -> Sequence[tuple[Box, Decimal | str]]:
    claims = find_claims(view_sheets((page,), load_labels("amounts"))[0])
    return [
        (claim.label.box, claim.value) for claim in claims if claim.role in _ROLES and claim.label.leads and claim.plain
    ]


def _find_days(page: PageView) -> Sequence[tuple[Box, Decimal | str]]:
    """The days, however a day is written on one paper: ``2024-03-29`` and ``29/03/24`` are one."""
    return [(row.box, _fold_day(match.group())) for row in page.rows for match in _DAY.finditer(row.text)]


def _fold_day(text: str) -> str:
    return " ".join(sorted(number[-2:].zfill(2) for number in re.findall(r"\d+", text)))


def _has_time_near(page: PageView, box: Box) -> bool:
    near = (row for row in page.rows if abs(row.box.y0 - box.y0) <= _NEAR_LINES * page.line_height)
    return any(_TIME.search(row.text) for row in near)

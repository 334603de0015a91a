"""Draw the sketch of a document: its values with the words around them, its fixed words, its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.dates.roles import ISSUE_ROLES
from invoicewatch.extract.looks.marks import find_marks
from invoicewatch.extract.looks.spots import Seen
from invoicewatch.extract.page.labels import find_labels, load_labels, skeleton_of
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.records import Field, Reading, Sketch
from invoicewatch.records.looks.paper import write_money

_MOST_SPOTS = 160
_MOST_WORDS = 100
_MOST_LABELS = 24
_MOST_RATES = 8
_WORD = 4  # letters: shorter ones stand anywhere
_SUMS = SUM_ROLES | {AmountRole.NET, AmountRole.SUBTOTAL, AmountRole.TAX, AmountRole.TAX_TOTAL}


def view_written(readings: Sequence[Reading]) -> list[PageView]:
    """The pages with anything on them."""
    return [page for page in view_pages(readings) if page.rows]


def sketch_pages(pages: Sequence[PageView], seen: Sequence[Seen], fields: Mapping[str, Field | None]) -> Sketch:
    """The sketch of pages, at least one, whose spots were seen before."""
    return Sketch(
        marks=find_marks(pages, fields),
        words=_find_fixed_words(pages[0]),
        spots=tuple(each.spot for each in _take_ends(seen)),
        labels=tuple(dict.fromkeys(_find_labels(pages)))[:_MOST_LABELS],
        rates=_find_rates(pages),
        currency=_value_of(fields, "currency"),
        kind=_value_of(fields, "document_type"),
    )


def _take_ends(seen: Sequence[Seen]) -> Sequence[Seen]:
    """The spots of head and foot: a long table in between is another one on the next paper."""
    half = _MOST_SPOTS // 2
    return seen if len(seen) <= _MOST_SPOTS else (*seen[:half], *seen[-half:])


def _value_of(fields: Mapping[str, Field | None], name: str) -> str:
    field = fields.get(name)
    return str(field.value) if field is not None else ""


def _find_fixed_words(page: PageView) -> tuple[tuple[int, int, int], ...]:
    """The words that stand once on the page; those at its top and foot first, where print is fixed."""
    words = [word for row in page.rows for word in row.words]
    skeletons = ["" if any(map(str.isdigit, word.text)) else skeleton_of(word.text) for word in words]
    often = Counter(skeletons)
    once = [
        (word.box, skeleton)
        for word, skeleton in zip(words, skeletons, strict=True)
        if len(skeleton) >= _WORD and often[skeleton] == 1
    ]
    once.sort(key=lambda each: -abs(each[0].y0 - 0.5))
    return tuple(
        (crc32(text.encode()) & 0xFFFFFF, round(100 * box.x0), round(100 * box.y0)) for box, text in once[:_MOST_WORDS]
    )


def _find_labels(pages: Sequence[PageView]) -> Iterator[str]:
    """The labels of sums and of dates of issue, as they are compared."""
    for page in pages:
        for names, roles in (("amounts", _SUMS), ("dates", ISSUE_ROLES)):
            for label in find_labels(page, load_labels(names)):
                if label.role in roles:
                    yield skeleton_of(label.phrase)


def _find_rates(pages: Sequence[PageView]) -> tuple[str, ...]:
    rates = {
        write_money(amount.value)
        for page in pages
        for row in page.rows
        for amount in find_amounts(row, page.char_width)
        if amount.percent
    }
    return tuple(sorted(rates))[:_MOST_RATES]

"""What a second engine should read: the lines on which total and date of issue depend, while they are not proved.

Each line costs. A second reading matters where the value itself stands, which two engines alike prove, and where the
first engine was not sure, because there it may have misread what speaks for another value. What it read with
confidence elsewhere would be read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import mean, median

from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.page.labels import find_labels, find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row, view_pages
from invoicewatch.extract.page.titles import find_mentions
from invoicewatch.records import Box, Doubt, Doubts, Field, Reading, Source, Word

_POOR_CONFIDENCE = 55.0  # on the mean of a page (0-100): so little was read that lines may be missing
_CLEAR_CONFIDENCE = 85.0  # a letter read so well holds no total that was overlooked
_SURE_CONFIDENCE = 90.0  # of Tesseract's wrong words on receipts nine in ten stand below, of its right ones a third
_TALL = 1.7  # times the usual height of a line's words: a stroke or a stain, not print
_DATE_LIKE = re.compile(r"\d{1,4}\s?[-/.]\s?\w{1,9}\s?[-/.]\s?\d{2,4}|\d{1,2}\s?[^\W\d_]{3,9}\s?\d{2,4}")
_DATE_ROLES = frozenset({DateRole.ISSUE, DateRole.DATE, DateRole.DUE})


def find_doubts(fields: Mapping[str, Field | None], readings: Sequence[Reading]) -> Doubts:
    """Regions, or whole pages where nothing was found or hardly anything could be read; the total first.

    A text layer is never in doubt. A page that was read well and on which nothing speaks of money is not searched for
    a total; else it may lie in a row that the first engine lost.
    """
    doubtful = [name for name in ("total", "issue_date") if not _is_proved(fields.get(name))]
    scans = [reading for reading in readings if reading.source is Source.OCR]
    items = [doubt for name in doubtful for doubt in _doubt_field(name, fields.get(name), scans)]
    whole = {doubt.page for doubt in items if doubt.box is None}
    kept = [doubt for doubt in items if doubt.box is None or doubt.page not in whole]
    return Doubts(tuple(dict.fromkeys(kept)))


def _is_proved(field: Field | None) -> bool:
    return field is not None and field.verified


def _doubt_field(name: str, field: Field | None, scans: Sequence[Reading]) -> Iterator[Doubt]:
    reason = f"{name.replace('_', ' ')} {'missing' if field is None else 'not proved'}"
    pages = view_pages(scans)
    of_money = any(map(_speaks_of_money, pages))
    for reading, page in zip(sorted(scans, key=lambda each: each.page), pages, strict=True):
        if (field is None and of_money) or _is_poor(reading, _POOR_CONFIDENCE if field else _CLEAR_CONFIDENCE):
            yield Doubt(page.page, None, name, reason, _find_value(field, page.page))
            continue
        for row in page.rows:
            counts = _find_what_counts(name, row, page)
            if counts is None:
                continue
            for cell in row.cells:
                words = row.words[slice(*cell)]
                shown = field is not None and _shows(field, page.page, words)
                if shown or any(map(counts, words)):
                    value = _find_value(field, page.page) if shown else None
                    yield Doubt(page.page, _find_strip(words), name, reason, value)


def _find_what_counts(name: str, row: Row, page: PageView) -> Callable[[Word], bool] | None:
    """Which words of a row, if misread, may change the field; None where the row has nothing to do with it."""
    if name != "total":
        return _is_unsure if _has_date(row) else None
    if find_row_labels(row, load_labels("amounts")):
        return _is_unsure
    return _is_unsure_figure if _has_amounts(row, page) else None


def _is_unsure(word: Word) -> bool:
    return word.confidence < _SURE_CONFIDENCE and any(map(str.isalnum, word.text))


def _is_unsure_figure(word: Word) -> bool:
    return word.confidence < _SURE_CONFIDENCE and any(map(str.isdigit, word.text))


def _find_value(field: Field | None, page: int) -> Box | None:
    return field.box if field is not None and field.page == page else None


def _shows(field: Field, page: int, words: Sequence[Word]) -> bool:
    """Whether the field's value stands among these words."""
    return field.page == page and field.box is not None and any(field.box.holds(word.box) for word in words)


def _find_strip(words: Sequence[Word]) -> Box:
    """The box around words, without those that stand out of the line: what is read again must be one line of print."""
    usual = median(word.box.height for word in words)
    level = [word.box for word in words if word.box.height <= _TALL * usual]
    return Box.around(level)


def _is_poor(reading: Reading, least: float) -> bool:
    words = reading.words
    return not words or mean(word.confidence for word in words) < least


def _speaks_of_money(page: PageView) -> bool:
    """Whether it has an amount, a sum's label, or the name of a paper that asks for money."""
    if any(_has_amounts(row, page) for row in page.rows) or find_labels(page, load_labels("amounts")):
        return True
    return any(mention.kind != "other" for mention in find_mentions(page))


def _has_amounts(row: Row, page: PageView) -> bool:
    return any(amount.is_money for amount in find_amounts(row, page.char_width))


def _has_date(row: Row) -> bool:
    if _DATE_LIKE.search(row.text):
        return True
    return any(label.role in _DATE_ROLES for label in find_row_labels(row, load_labels("dates")))

"""What a second engine should read: the lines on which total and date of issue depend, while they are not proved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import mean, median

from invoicewatch.extract.amounts_rows import find_amounts
from invoicewatch.extract.labels import find_row_labels, load_labels
from invoicewatch.extract.layout import PageView, Row, view_pages
from invoicewatch.records import Box, Doubt, Doubts, Field, Reading, Source, Word

_POOR_CONFIDENCE = 55.0
_TALL = 1.7  # times the usual height of a line's words: a stroke or a stain, not print
_DATE_LIKE = re.compile(r"\d{1,4}\s?[-/.]\s?\w{1,9}\s?[-/.]\s?\d{2,4}|\d{1,2}\s?[^\W\d_]{3,9}\s?\d{2,4}")
_DATE_ROLES = frozenset({"issue", "date", "due"})


def find_doubts(fields: Mapping[str, Field | None], readings: Sequence[Reading]) -> Doubts:
    """Regions, or whole pages where nothing was found or hardly anything could be read; the total first.

    A text layer is never in doubt, nor is a document that is no invoice.
    """
    kind = fields.get("document_type")
    doubtful = [name for name in ("total", "issue_date") if not _is_proved(fields.get(name))]
    if kind is not None and kind.value == "other" and kind.verified:
        return Doubts()
    scans = [reading for reading in readings if reading.source is Source.OCR]
    items = [doubt for name in doubtful for doubt in _doubt_field(name, fields.get(name), scans)]
    whole = {doubt.page for doubt in items if doubt.box is None}
    kept = [doubt for doubt in items if doubt.box is None or doubt.page not in whole]
    return Doubts(tuple(dict.fromkeys(kept)))


def _is_proved(field: Field | None) -> bool:
    return field is not None and field.verified


def _doubt_field(name: str, field: Field | None, scans: Sequence[Reading]) -> Iterator[Doubt]:
    reason = f"{name.replace('_', ' ')} {'missing' if field is None else 'not proved'}"
    for reading, page in zip(sorted(scans, key=lambda each: each.page), view_pages(scans), strict=True):
        if field is None or _is_poor(reading):
            yield Doubt(page.page, None, name, reason)
            continue
        for row in page.rows:
            if _has_amounts(row, page) if name == "total" else _has_date(row):
                yield from (Doubt(page.page, _find_strip(row.words[slice(*cell)]), name, reason) for cell in row.cells)


def _find_strip(words: Sequence[Word]) -> Box:
    """The box around words, without those that stand out of the line: what is read again must be one line of print."""
    usual = median(word.box.height for word in words)
    level = [word.box for word in words if word.box.height <= _TALL * usual]
    return Box.around(level)


def _is_poor(reading: Reading) -> bool:
    words = reading.words
    return not words or mean(word.confidence for word in words) < _POOR_CONFIDENCE


def _has_amounts(row: Row, page: PageView) -> bool:
    """Whether the row has an amount of money, or a label of one (whose amount may have been lost)."""
    if any(amount.is_money for amount in find_amounts(row, page.char_width)):
        return True
    return bool(find_row_labels(row, load_labels("amounts")))


def _has_date(row: Row) -> bool:
    if _DATE_LIKE.search(row.text):
        return True
    return any(label.role in _DATE_ROLES for label in find_row_labels(row, load_labels("dates")))

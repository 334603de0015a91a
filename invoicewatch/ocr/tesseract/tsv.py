"""Tesseract's TSV table as lines of words."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from invoicewatch.records import Line, Transform, Word

_WORD_LEVEL = "5"


def parse_tsv(table: str, to_upright: Transform, engine: str) -> tuple[Line, ...]:
    """The lines of a TSV table in Tesseract's order.

    Columns: https://github.com/tesseract-ocr/tesseract/blob/5.3.0/src/api/baseapi.cpp, ``GetTSVText``.

    Args:
        table: With its header line.
        to_upright: Maps the image's pixels to fractions of the page.
        engine: The name to put on every word.
    """
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    lines: dict[tuple[str, str, str], list[Word]] = {}
    for row in rows:
        if row["level"] != _WORD_LEVEL:
            continue
        key = (row["block_num"], row["par_num"], row["line_num"])
        lines.setdefault(key, []).extend(_parse_words(row, to_upright, engine))
    return tuple(Line(tuple(words)) for words in lines.values() if words)


def _parse_words(row: dict[str, str], to_upright: Transform, engine: str) -> Iterable[Word]:
    text = (row["text"] or "").strip()
    if not text:
        return
    left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
    confidence = min(100.0, max(0.0, float(row["conf"])))
    parts = text.split()  # some scripts come with a space inside a word
    for index, part in enumerate(parts):
        x0 = left + width * index / len(parts)
        x1 = left + width * (index + 1) / len(parts)
        yield Word(part, to_upright.box(x0, top, x1, top + height), confidence, engine)

"""Tesseract's TSV table as lines of words."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import NamedTuple

from invoicewatch.ocr.tesseract.choices import Choices, find_lattices
from invoicewatch.records import Lattice, Line, Transform, Word

_WORD_LEVEL = "5"


class Table(NamedTuple):
    """Tesseract's TSV with its header line, and for each of its words in order what else it may be, if known."""

    tsv: str
    choices: tuple[Choices, ...] = ()


def parse_table(table: Table, to_upright: Transform, engine: str) -> tuple[Line, ...]:
    """The lines of a table in Tesseract's order.

    Columns: https://github.com/tesseract-ocr/tesseract/blob/5.3.0/src/api/baseapi.cpp, ``GetTSVText``.

    Args:
        table: What Tesseract put out.
        to_upright: Maps the image's pixels to fractions of the page.
        engine: The name to put on every word.
    """
    rows = csv.DictReader(table.tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == _WORD_LEVEL]
    choices = table.choices if len(table.choices) == len(words) else ((),) * len(words)
    lines: dict[tuple[str, str, str], tuple[list[Word], list[Lattice]]] = {}
    for row, each in zip(words, choices, strict=True):
        key = (row["block_num"], row["par_num"], row["line_num"])
        found, lattices = lines.setdefault(key, ([], []))
        parts = list(_parse_words(row, to_upright, engine))
        lattices += find_lattices([part.text for part in parts], len(found), each, engine)
        found += parts
    return tuple(Line(tuple(found), tuple(lattices)) for found, lattices in lines.values() if found)


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

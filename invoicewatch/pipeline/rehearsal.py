"""A made-up page that is judged once, so that the first real one finds all tables and patterns loaded."""

from __future__ import annotations

from datetime import date

from invoicewatch.pipeline.tools import Evidence, JudgeTools
from invoicewatch.pipeline.verdict import judge_fields
from invoicewatch.records import Box, Line, Memory, Reading, Word

_TODAY = date(2024, 3, 20)
_CHAR, _ROW = 0.012, 0.03  # of the page
_PAGE = """
Example Trading Ltd
12 Example Street, 90000 Exampletown
Tel +49 30 000000 www.example.com
Invoice No. 2024-0117    Invoice date 03/04/2024
VAT ID DE136695976    IBAN DE89370400440532013000
Bill to: Example Buyer GmbH
Description    Quantity    Price    Amount
Example goods    2    50.00    100.00
Net total    100.00
VAT 19 %    19.00
Total EUR    119.00
Due date 17 April 2024
"""


def rehearse(tools: JudgeTools) -> None:
    """Find and judge the fields of the made-up page, and forget them."""
    evidence, memory = Evidence((_make_reading(),)), Memory()
    judge_fields(tools.find_fields(evidence, memory, _TODAY), evidence, tools, memory, _TODAY)


def _make_reading() -> Reading:
    """The page as an engine that is not sure would read it, so that misread labels are looked for too."""
    rows = _PAGE.strip().splitlines()
    return Reading(1, tuple(_make_line(row, 0.05 + number * _ROW) for number, row in enumerate(rows)), "rehearsal")


def _make_line(row: str, top: float) -> Line:
    words, at = [], 0
    for text in row.split():
        at = row.index(text, at)
        box = Box(0.05 + at * _CHAR, top, 0.05 + (at + len(text)) * _CHAR, top + 0.6 * _ROW)
        words.append(Word(text, box, 80.0, "rehearsal"))
        at += len(text)
    return Line(tuple(words))

"""Papers of one seller as lines of text, the memory that they leave, and what it says of the next one."""

from __future__ import annotations

from datetime import date

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.looks.compare import compare_look
from invoicewatch.records import Box, ExtractContext, Line, LookBook, Memory, Reading, Source, Word
from invoicewatch.store.memory.common import SketchedLesson, sum_up_look

TODAY = date(2026, 6, 1)
CHAR, LINE = 0.011, 0.02
EXTRACTORS = load_extractors(ExtractSettings())


def read_lines(lines, *, source=Source.TEXT_LAYER, confidence=99.0):
    """A page on which every line stands where its row and its leading blanks put it."""
    made = []
    for row, line in enumerate(lines):
        words, at = [], 0
        for piece in line.split(" "):
            if piece:
                box = Box(0.05 + at * CHAR, 0.05 + row * LINE, 0.05 + (at + len(piece)) * CHAR, 0.063 + row * LINE)
                words.append(Word(piece, box, confidence, "test"))
            at += len(piece) + 1
        if words:
            made.append(Line(tuple(words)))
    return Reading(1, tuple(made), "test", source)


def write_paper(number, *, seller="Nordwind Cloud Ltd", vat="GB 980 7806 84", total="99.00", day="13 April 2026"):
    return [
        seller,
        "12 Harbour Street",
        "Bristol BS1 4QA",
        f"VAT number {vat}",
        "",
        "Subscription statement",
        f"Reference no.    {number}",
        f"Charged on    {day}",
        "",
        "Description                          Amount",
        f"Seats for the team                   EUR {total}",
        "",
        f"Grand sum of this period             EUR {total}",
        "",
        "Questions are answered at support within a working day",
    ]


class Clerk:
    """Keeps lessons, and asks the chain with what they taught."""

    def __init__(self):
        self.lessons = []
        self.looks = {}

    def teach(self, lines, key=1, **values):
        """What a person confirmed of a paper, of the look called ``key``."""
        _, _, sketch = self.ask(lines)
        self.looks.setdefault(key, []).insert(0, SketchedLesson(sketch, values))

    @property
    def memory(self):
        """All that was taught."""
        looks = [sum_up_look(key, 1, lessons) for key, lessons in self.looks.items()]
        return Memory(1, (), LookBook().renewed(looks))

    def ask(self, lines, **reading):
        """The fields of a paper, why its layout is odd, and its sketch."""
        readings = (read_lines(lines, **reading),)
        fields = find_fields(ExtractContext(readings, {}, self.memory, TODAY), EXTRACTORS)
        sketch, changes = compare_look(readings, fields, self.memory, TODAY)
        return fields, changes, sketch


@pytest.fixture
def make_paper():
    """A software company's invoice: a total named once, without tax, and nothing that closes on it."""
    return write_paper


@pytest.fixture
def clerk():
    return Clerk()


@pytest.fixture
def taught(clerk):
    """A clerk who confirmed two papers of one seller."""
    months = (("A-1001", "99", "2026-04-13", "13 April 2026"), ("A-1002", "112.5", "2026-05-13", "13 May 2026"))
    for number, total, iso, day in months:
        paper = write_paper(number, total=f"{float(total):.2f}", day=day)
        clerk.teach(paper, total=total, issue_date=iso, seller_name="Nordwind Cloud Limited")
    return clerk

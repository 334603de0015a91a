"""What was nearly read of an open figure is named beside it, and changes nothing else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.extractor import DateExtractor
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Candidate, Source

RECEIPT = """
    ACME LTD
    Date: 12/01/2026
    Coffee                  3.00
    TOTAL                  13.00
"""

PROVED = """
Pos  Text                 Qty     Price    Amount
1    Dividers             20      9.90     198.00
2    Yoghurt              50      5.50     275.00
Net total                                  473.00
VAT 7% of 275.00                            19.25
VAT 19% of 198.00                           37.62
Total                                      529.87
"""


def note(reading, text, *others, engine="tesseract"):
    """The reading with what was nearly read in place of a word, each text with its probability in percent."""
    noted = tuple(Candidate(other, share, engine) for other, share in others)
    lines = (
        replace(line, words=tuple(replace(w, others=noted) if w.text == text else w for w in line.words))
        for line in reading.lines
    )
    return replace(reading, lines=tuple(lines))


@pytest.fixture
def receipt(draw):
    return draw(RECEIPT, source=Source.OCR, confidence=85.0)


@pytest.fixture
def find_total(context):
    return lambda reading: TotalExtractor(ExtractSettings()).find(context(reading))["total"]


@pytest.fixture
def find_issue_date(context):
    return lambda reading: DateExtractor(ExtractSettings()).find(context(reading))["issue_date"]


def without_alternatives(field):
    return replace(field, alternatives=())


def test_an_open_total_names_the_amounts_that_were_nearly_read(receipt, find_total):
    noted = note(receipt, "13.00", ("18.00", 21.0), ("1B.00", 8.0), ("13,00", 5.0), ("73.00", 3.0))
    plain, field = map(find_total, (receipt, noted))
    assert [(other.value, other.confidence) for other in field.alternatives[:2]] == [
        (Decimal("18.00"), 0.21),
        (Decimal("73.00"), 0.03),
    ]
    assert without_alternatives(field) == without_alternatives(plain)
    assert not field.verified


def test_an_open_date_names_the_day_that_was_nearly_read(receipt, find_issue_date):
    noted = note(receipt, "12/01/2026", ("13/01/2026", 30.0), ("12/O1", 9.0))
    plain, field = map(find_issue_date, (receipt, noted))
    assert (date(2026, 1, 13), 0.3) in [(other.value, other.confidence) for other in field.alternatives]
    assert without_alternatives(field) == without_alternatives(plain)


def test_what_was_proved_names_no_other_reading(draw, find_total):
    proved = draw(PROVED)
    field = find_total(proved)
    assert field.verified
    assert find_total(note(proved, "529.87", ("529.81", 40.0), engine="pdf")).alternatives == field.alternatives

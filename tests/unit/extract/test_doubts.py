"""What a second engine should read: the lines that matter, and nothing that is proved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoicewatch.extract.doubts import find_doubts
from invoicewatch.records import Field, Line, Source, Word

RECEIPT = """
Acme Stores
Date: 25/12/2018
Coffee                12.00
Total                 12.00
Thank you
"""


def make(name, value, *, verified):
    return Field(name, value, 0.9, verified, 1, None, Source.OCR, "", "")


def fields(*, total, day):
    return {
        "total": make("total", Decimal(12), verified=total),
        "issue_date": make("issue_date", date(2018, 12, 25), verified=day),
    }


def test_proved_fields_leave_no_doubt(draw):
    assert not find_doubts(fields(total=True, day=True), (draw(RECEIPT, source=Source.OCR),))


def test_an_unproved_total_asks_for_the_cells_of_the_rows_with_amounts(draw):
    doubts = find_doubts(fields(total=False, day=True), (draw(RECEIPT, source=Source.OCR),))
    assert 4 == len(doubts.items)
    assert {"total"} == {doubt.field for doubt in doubts.items}
    assert all(doubt.box is not None for doubt in doubts.items)


def test_a_stroke_beside_a_line_does_not_make_its_region_taller(draw):
    reading = draw(RECEIPT, source=Source.OCR)
    total = reading.lines[-2]
    stroke = Word("|", total.words[0].box._replace(y0=0.0, y1=1.0), 20.0, "tesseract")
    marred = replace(reading, lines=(*reading.lines[:-2], Line((stroke, *total.words)), reading.lines[-1]))

    doubts = find_doubts(fields(total=False, day=True), (marred,))

    assert max(doubt.box.height for doubt in doubts.items if doubt.box) == total.box.height


def test_an_unproved_date_asks_for_the_rows_of_dates(draw):
    doubts = find_doubts(fields(total=True, day=False), (draw(RECEIPT, source=Source.OCR),))
    assert ["issue_date"] == [doubt.field for doubt in doubts.items]


def test_a_missing_field_asks_for_the_whole_page(draw):
    doubts = find_doubts({"total": None, "issue_date": None}, (draw(RECEIPT, source=Source.OCR),))
    assert {None} == {doubt.box for doubt in doubts.items}


def test_a_poor_reading_asks_for_the_whole_page(draw):
    poor = draw(RECEIPT, source=Source.OCR, confidence=30.0)
    assert any(doubt.box is None for doubt in find_doubts(fields(total=False, day=True), (poor,)).items)


def test_a_text_layer_is_never_in_doubt(draw):
    assert not find_doubts({"total": None, "issue_date": None}, (draw(RECEIPT),))

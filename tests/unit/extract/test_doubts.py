"""What a second engine should read: the lines that matter, and nothing that is proved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

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


def place(reading, fields, **lines):
    """The fields with the boxes of the last word of the lines that hold them."""
    placed = {name: reading.lines[line].words[-1].box for name, line in lines.items()}
    return {name: replace(field, box=placed.get(name)) for name, field in fields.items()}


def find_texts(doubts, reading):
    """The words in the doubtful regions, region by region."""
    return [
        " ".join(
            word.text
            for word in reading.words
            if doubt.box.y0 <= word.box.middle[1] <= doubt.box.y1 and doubt.box.x0 <= word.box.middle[0] <= doubt.box.x1
        )
        for doubt in doubts.items
    ]


def test_an_unproved_value_is_read_again_where_it_stands(draw):
    reading = draw(RECEIPT, source=Source.OCR)
    doubted = place(reading, fields(total=False, day=False), total=3, issue_date=1)

    doubts = find_doubts(doubted, (reading,))

    assert [doubted["total"].box, doubted["issue_date"].box] == [doubt.value for doubt in doubts.items]
    assert [("total", "12.00"), ("issue_date", "Date: 25/12/2018")] == [
        (doubt.field, text) for doubt, text in zip(doubts.items, find_texts(doubts, reading), strict=True)
    ]


def test_what_was_read_with_confidence_elsewhere_is_not_read_again(draw):
    reading = draw(RECEIPT, source=Source.OCR)
    assert not find_doubts(fields(total=False, day=False), (reading,))


def test_unsure_words_are_read_again_where_amounts_and_dates_stand(draw):
    reading = draw(RECEIPT, source=Source.OCR, confidence=80.0)
    doubts = find_doubts(fields(total=False, day=False), (reading,))
    assert {"12.00", "Total", "Date: 25/12/2018"} == set(find_texts(doubts, reading))


def test_an_unsure_description_changes_no_total(draw):
    reading = draw(RECEIPT, source=Source.OCR)
    coffee = reading.lines[2]
    unsure = Line((replace(coffee.words[0], confidence=20.0), *coffee.words[1:]))
    marred = replace(reading, lines=(*reading.lines[:2], unsure, *reading.lines[3:]))
    assert not find_doubts(fields(total=False, day=True), (marred,))


def test_a_value_on_another_page_is_not_read_again_on_this_one(draw):
    reading = draw(RECEIPT, source=Source.OCR, page=2)
    doubted = place(reading, fields(total=False, day=True), total=3)
    assert not find_doubts(doubted, (reading,))


def test_a_stroke_beside_a_line_does_not_make_its_region_taller(draw):
    reading = draw(RECEIPT, source=Source.OCR, confidence=80.0)
    total = reading.lines[-2]
    stroke = Word("|", total.words[0].box._replace(y0=0.0, y1=1.0), 20.0, "tesseract")
    marred = replace(reading, lines=(*reading.lines[:-2], Line((stroke, *total.words)), reading.lines[-1]))

    doubts = find_doubts(fields(total=False, day=True), (marred,))

    assert max(doubt.box.height for doubt in doubts.items if doubt.box) == total.box.height


def test_no_doubt_about_the_date_asks_for_amounts(draw):
    doubts = find_doubts(fields(total=True, day=False), (draw(RECEIPT, source=Source.OCR, confidence=80.0),))
    assert ["issue_date"] == [doubt.field for doubt in doubts.items]


def test_a_missing_field_asks_for_the_whole_page(draw):
    doubts = find_doubts({"total": None, "issue_date": None}, (draw(RECEIPT, source=Source.OCR),))
    assert {None} == {doubt.box for doubt in doubts.items}


@pytest.mark.parametrize(("confidence", "asked"), [(95.0, False), (80.0, True)])
def test_a_letter_read_well_is_not_searched_for_a_total(draw, confidence, asked):
    letter = draw("Dear Mr Brown,\nthank you for coming.", source=Source.OCR, confidence=confidence)
    doubts = find_doubts({"total": None, "issue_date": None}, (letter,))
    assert asked is bool(doubts)


def test_a_poor_reading_asks_for_the_whole_page(draw):
    poor = draw(RECEIPT, source=Source.OCR, confidence=30.0)
    assert any(doubt.box is None for doubt in find_doubts(fields(total=False, day=True), (poor,)).items)


def test_a_text_layer_is_never_in_doubt(draw):
    assert not find_doubts({"total": None, "issue_date": None}, (draw(RECEIPT),))

from datetime import date
from decimal import Decimal

from invoicewatch.records import (
    Alarm,
    AlarmCode,
    Alternative,
    Asked,
    Box,
    Field,
    Invoice,
    Source,
    Status,
)
from invoicewatch.records.as_json import question_to_json
from invoicewatch.records.attention.question import list_needed

PLACE = Box(0.1, 0.2, 0.3, 0.25)
TOTAL = Field("total", Decimal("12.50"), 0.9, False, 1, PLACE, Source.OCR, "label", "x")
DAY = Field("issue_date", date(2026, 3, 5), 0.4, False, 1, PLACE, Source.OCR, "label", "x")
FIELDS = {"total": TOTAL, "issue_date": DAY, "iban": None}


def needed(status=Status.NEEDS_REVIEW, **changes):
    return list_needed(Invoice("/a", "0", "", status, **({"fields": FIELDS} | changes)))


def names(questions):
    return [question.name for question in questions]


def test_the_field_likeliest_to_be_wrong_comes_first_and_the_document_last():
    asked = (Asked("status", "two invoices"), Asked("total", "unsure"), Asked("issue_date", "unsure"))
    assert names(needed(asked=asked)) == ["issue_date", "total", "status"]


def test_an_accepted_record_asks_nothing():
    assert needed(Status.ACCEPTED, asked=(Asked("total", "unsure"),)) == []


def test_an_alarm_asks_for_its_field_and_gives_its_words():
    alarm = Alarm(AlarmCode.UNUSUAL_TOTAL, "far outside", "total", 3)
    (question,) = needed(alarms=(alarm,), asked=(Asked("total", "unsure"),))
    assert question.reason == "unsure; far outside"


def test_an_alarm_about_the_document_asks_whether_it_is_fine():
    (question,) = needed(alarms=(Alarm(AlarmCode.NEAR_DUPLICATE, "a twin", "", 3),))
    assert question_to_json(question) == {
        "field": "status",
        "value": "accepted",
        "confidence": 0.0,
        "reason": "a twin",
        "alternatives": [],
        "page": None,
        "box": None,
    }


def test_what_a_person_has_answered_is_not_asked_again():
    human = Field("total", Decimal("12.50"), 1.0, True, None, None, Source.HUMAN, "by anna", "")
    asked = (Asked("total", "unsure"), Asked("issue_date", "unsure"))
    assert names(needed(fields={**FIELDS, "total": human}, asked=asked)) == ["issue_date"]


def test_a_record_of_before_is_asked_for_total_and_date_unless_they_are_proved():
    assert names(needed()) == ["issue_date", "total"]
    proved = Field("total", Decimal(1), 1.0, True, 1, None, Source.OCR, "", "")
    assert names(needed(fields={"total": proved, "issue_date": None})) == ["issue_date"]


def test_where_nothing_is_left_to_ask_for_the_reasons_are():
    proved = {name: Field(name, "x", 1.0, True, 1, None, Source.OCR, "", "") for name in ("total", "issue_date")}
    (question,) = needed(fields=proved, reasons=("look", "here"))
    assert (question.name, question.reason) == ("status", "look; here")


def test_the_json_of_a_question_offers_the_likeliest_answers_first():
    others = tuple(Alternative(Decimal(n), n / 100, 1, None, "") for n in (3, 40, 12))
    field = Field("total", Decimal("12.50"), 0.51236, False, 2, PLACE, Source.OCR, "label", "x", others)
    (question,) = needed(fields={"total": field}, asked=(Asked("total", "unsure"),))
    shown = question_to_json(question)
    assert shown["alternatives"] == [
        {"value": "40", "confidence": 0.4},
        {"value": "12", "confidence": 0.12},
        {"value": "3", "confidence": 0.03},
    ]
    assert (shown["value"], shown["confidence"], shown["reason"]) == ("12.50", 0.5124, "unsure")
    assert (shown["page"], shown["box"]) == (2, [0.1, 0.2, 0.3, 0.25])

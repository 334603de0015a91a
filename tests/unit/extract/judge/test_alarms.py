from datetime import date

import pytest

from invoicewatch.extract.judge.alarms import find_alarms
from invoicewatch.records import Alarm, AlarmCode, Box, Field, Line, Office, Reading, Source, Word

OFFICE = Office(names=("Sonnenhof Consult GmbH",), vat_ids=("DE136695976",))


def make(name, value, *, verified=True, confidence=0.9, method="bill to"):
    return Field(name, value, confidence, verified, 1, None, Source.OCR, method, str(value))


def read(text):
    words = tuple(Word(word, Box(0.1, 0.1, 0.2, 0.12), 95, "test") for word in text.split())
    return (Reading(1, (Line(words),), "test"),)


def codes(fields, text="Rechnung", office=OFFICE):
    return [alarm.code for alarm in find_alarms({field.name: field for field in fields}, read(text), office)]


def test_due_before_it_was_issued_is_an_alarm_with_both_days():
    fields = {"issue_date": make("issue_date", date(2026, 3, 5)), "due_date": make("due_date", date(2026, 2, 5))}
    words = "due on 2026-02-05, before it was issued on 2026-03-05"
    assert find_alarms(fields, (), OFFICE) == [Alarm(AlarmCode.DUE_BEFORE_ISSUE, words, "due_date")]


def test_due_on_the_day_of_issue_is_none():
    day = date(2026, 3, 5)
    assert codes([make("issue_date", day), make("due_date", day)]) == []


def test_an_invoice_to_somebody_else_is_an_alarm_that_names_both():
    fields = {"buyer_name": make("buyer_name", "Bergwald Handel AG")}
    words = "the invoice is to Bergwald Handel AG, and not to Sonnenhof Consult GmbH"
    assert find_alarms(fields, (), OFFICE) == [Alarm(AlarmCode.OTHER_BUYER, words, "buyer_name")]


@pytest.mark.parametrize(
    "name",
    ["SONNENHOF CONSULT GMBH", "Sonnenh0f Consu1t GmbH", "Sonnenhof Consult GmbH, Frau Anna Berg", "Sonnenhof Consult"],
)
def test_the_office_misread_or_with_a_person_before_it_is_the_office(name):
    assert codes([make("buyer_name", name)]) == []


def test_a_buyer_that_only_its_place_names_is_no_evidence():
    unsure = make("buyer_name", "Bergwald Handel AG", verified=False, method="over an address that is not the seller's")
    assert codes([unsure]) == []
    assert codes([make("buyer_name", "Bergwald Handel AG", verified=False, confidence=0.5)]) == []
    assert codes([make("buyer_name", "Bergwald Handel AG", verified=False)]) == [AlarmCode.OTHER_BUYER]


def test_a_page_that_names_the_office_elsewhere_is_the_office_s():
    delivered = make("buyer_name", "Lager Bergwald")
    assert codes([delivered], "Rechnung an Sonnenhof Consult GmbH geliefert an Lager Bergwald") == []
    assert codes([delivered], "Rechnung an S0nnenhof Consu1t GmbH geliefert an Lager Bergwald") == []
    assert codes([delivered], "Ihre USt-IdNr. DE 136 695 976") == []


def test_an_office_without_a_name_of_its_own_has_no_other_buyers():
    assert codes([make("buyer_name", "Bergwald Handel AG")], office=Office()) == []

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.answers.review.questions import (
    choose_other,
    close_review,
    confirm,
    deny,
    list_questions,
    read_typed,
)
from invoicewatch.records import Alternative, Asked, Field, Invoice, Source, Status
from invoicewatch.records.attention.question import Question
from invoicewatch.records.typed import TypedValueError
from invoicewatch.store.records.entries import Entry


def field(name, value, *, verified=False, confidence=0.5, source=Source.OCR, others=()):
    alternatives = tuple(Alternative(other, 0.3, 1, None, "") for other in others)
    return Field(name, value, confidence, verified, 1, None, source, "", "", alternatives)


def questions(**fields):
    return list_questions(Invoice("/a", "0", "", Status.NEEDS_REVIEW, fields=fields))


def test_total_and_date_come_first_unless_proved():
    asked = questions(seller_name=field("seller_name", "Acme"), total=field("total", Decimal(5), verified=True))
    assert [question.name for question in asked] == ["issue_date", "seller_name"]


def test_what_is_fairly_sure_or_said_by_a_person_is_not_asked():
    asked = questions(
        total=field("total", Decimal(5), source=Source.HUMAN),
        issue_date=field("issue_date", date(2024, 3, 5), confidence=0.95),
        iban=field("iban", "DE00", confidence=0.95),
        due_date=None,
    )
    assert [question.name for question in asked] == ["issue_date"]


def test_alternatives_are_offered_once_each_and_never_the_value_itself():
    (question,) = questions(
        issue_date=field("issue_date", date(2024, 1, 1), verified=True),
        total=field("total", Decimal(5), others=[Decimal(5), Decimal(6), Decimal(6), Decimal(7)]),
    )
    assert [other.value for other in question.others] == [Decimal(6), Decimal(7)]


def test_nothing_found_cannot_be_right():
    assert confirm(Question("total", None, ())) is None


def test_a_value_that_is_confirmed_becomes_an_entry():
    assert Entry(Decimal(5)) == confirm(Question("total", field("total", Decimal(5)), ()))
    assert Entry(None) == deny(Question("total", None, ()))


@pytest.mark.parametrize(("number", "expected"), [(0, None), (1, Entry(Decimal(6))), (2, Entry(Decimal(7))), (3, None)])
def test_other_readings_are_counted_from_one(number, expected):
    others = tuple(Alternative(Decimal(value), 0.3, 1, None, "") for value in (6, 7))
    assert expected == choose_other(Question("total", field("total", Decimal(5)), others), number)


def test_a_record_is_accepted_once_every_question_is_answered():
    asked = questions()
    answers = {"total": Entry(Decimal(5))}
    assert answers == close_review(asked, answers)
    answers["issue_date"] = Entry(None)
    assert {**answers, "status": Entry("accepted")} == close_review(asked, answers)


def test_typed_values_are_validated():
    assert read_typed(Question("total", None, ()), "12,50") == Entry(Decimal("12.50"))
    with pytest.raises(TypedValueError):
        read_typed(Question("total", None, ()), "twelve")


def test_what_settles_a_record_is_enough_for_its_acceptance():
    needed = [Question("issue_date", None, ())]
    answers = {"issue_date": Entry(date(2026, 3, 5))}
    assert {**answers, "status": Entry("accepted")} == close_review(needed, answers)
    assert close_review([], {}) == {}


def test_what_merely_is_doubtful_is_asked_after_what_settles_and_the_document_last():
    fields = {"seller_name": field("seller_name", "Acme"), "total": field("total", Decimal(5))}
    reasons = (Asked("status", "two invoices"), Asked("total", "unsure"))
    invoice = Invoice("/a", "0", "", Status.NEEDS_REVIEW, fields=fields, asked=reasons)
    assert [question.name for question in list_questions(invoice)] == ["total", "seller_name", "status"]


def test_a_document_can_be_accepted_as_it_is_or_left_in_review():
    question = Question("status", None, ())
    assert confirm(question) == Entry("accepted")
    answers = {"status": deny(question)}
    assert answers == {"status": Entry("needs_review")}
    assert close_review([question], answers) == answers
    assert read_typed(question, "accepted") == Entry("accepted")

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.asking import find_asked
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import FIELD_NAMES, Asked, Field, Source

TODAY = date(2026, 4, 1)


def make(name, value, *, verified=False, confidence=0.5):
    return Field(name, value, confidence, verified, 1, None, Source.OCR, "test", str(value))


def asked(*more, **fields):
    def judge(others):
        return judge_invoice(others, (), TODAY, ExtractSettings())[1]

    found = dict.fromkeys(FIELD_NAMES) | fields
    return find_asked(found, (*judge(found), *more), judge, TODAY)


PROVED = {
    "total": make("total", Decimal(5), verified=True),
    "issue_date": make("issue_date", date(2026, 3, 5), verified=True),
}


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_what_is_not_certain_is_asked_for_and_nothing_else(name):
    doubtful = make(name, PROVED[name].value)
    (one,) = asked(**PROVED | {name: doubtful, "seller_name": make("seller_name", "Acme"), "iban": None})
    assert one.field == name
    assert "is not certain" in one.reason


def test_what_was_not_found_is_asked_for():
    assert asked(**PROVED | {"total": None}) == (Asked("total", "the total was not found"),)


def test_what_is_unproved_and_sure_is_not_asked_for():
    sure = make("total", Decimal(5), confidence=0.995)
    (one,) = asked(total=sure, issue_date=make("issue_date", date(2026, 3, 5)))
    assert one.field == "issue_date"


def test_a_proved_day_that_cannot_be_is_asked_for():
    (one,) = asked(**PROVED | {"issue_date": make("issue_date", date(2027, 3, 5), verified=True)})
    assert one.field == "issue_date"


def test_a_paper_that_is_no_invoice_is_asked_about_its_kind():
    (one,) = asked(**PROVED, document_type=make("document_type", "other", confidence=0.99))
    assert one.field == "document_type"


def test_what_no_field_settles_is_asked_of_the_document():
    assert asked("the file seems to hold several invoices", **PROVED) == (
        Asked("status", "the file seems to hold several invoices"),
    )


def test_a_document_without_reasons_asks_nothing():
    assert asked(**PROVED) == ()

"""Accepted only with total and date proved or all but certain; else the reasons are in words."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Alternative, Field, Source, Status

TODAY = date(2026, 3, 1)


def make(name, value, confidence=0.5, *, verified=False, alternatives=()):
    return Field(name, value, confidence, verified, 1, None, Source.OCR, "beside Total", "", alternatives)


def judge(draw, **fields):
    return judge_invoice(fields, (draw("Total 12.00"),), TODAY, ExtractSettings())


PROVED = {
    "total": make("total", Decimal("12.00"), verified=True),
    "issue_date": make("issue_date", date(2026, 2, 1), verified=True),
}


def test_both_proved_is_accepted(draw):
    assert (Status.ACCEPTED, ()) == judge(draw, **PROVED)


def test_above_the_threshold_is_accepted(draw):
    certain = {name: make(name, field.value, 0.995) for name, field in PROVED.items()}
    assert Status.ACCEPTED is judge(draw, **certain)[0]


def test_two_fields_that_are_each_nearly_certain_are_not_so_together(draw):
    unsure = {name: make(name, field.value, 0.95) for name, field in PROVED.items()}
    assert Status.NEEDS_REVIEW is judge(draw, **unsure)[0]


@pytest.mark.parametrize(("confidence", "status"), [(0.1, Status.NEEDS_REVIEW), (1.0, Status.ACCEPTED)])
def test_an_office_may_name_further_fields_that_decide(draw, confidence, status):
    settings = ExtractSettings(decisive=("total", "issue_date", "seller_name"))
    fields = {**PROVED, "seller_name": make("seller_name", "Acme Ltd", confidence)}
    found, reasons = judge_invoice(fields, (draw("Total 12.00"),), TODAY, settings)
    assert (status, status is Status.NEEDS_REVIEW) == (found, any("the seller is not" in each for each in reasons))


def test_a_decisive_field_that_is_missing_is_named(draw):
    settings = ExtractSettings(decisive=("total", "issue_date", "invoice_number"))
    reasons = judge_invoice(PROVED, (draw("Total 12.00"),), TODAY, settings)[1]
    assert ("the invoice number was not found",) == reasons


def test_a_lower_error_never_accepts_what_a_higher_one_sends_to_review(draw):
    fields = {name: make(name, field.value, 0.985) for name, field in PROVED.items()}
    accepted = [
        judge_invoice(fields, (draw("Total 12.00"),), TODAY, ExtractSettings(accepted_error=error))[0]
        for error in (0.001, 0.005, 0.02, 0.05)
    ]
    assert sorted(accepted, reverse=True) == accepted


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_what_is_missing_or_uncertain_is_named(draw, name):
    uncertain = make(name, PROVED[name].value, 0.6)
    for field, phrase in ((None, "was not found"), (uncertain, "is not certain")):
        status, reasons = judge(draw, **{**PROVED, name: field})
        assert Status.NEEDS_REVIEW is status
        assert any(phrase in reason for reason in reasons)


def test_both_readings_of_an_ambiguous_date_are_named(draw):
    other = Alternative(date(2025, 3, 4), 0.45, 1, None, "")
    unsure = make("issue_date", date(2025, 4, 3), 0.5, alternatives=(other,))
    assert "2025-04-03 or 2025-03-04" in judge(draw, **{**PROVED, "issue_date": unsure})[1][0]


@pytest.mark.parametrize(("day", "phrase"), [(date(2026, 4, 1), "future"), (date(2001, 1, 1), "older than 20 years")])
def test_a_date_out_of_range_goes_to_review(draw, day, phrase):
    status, reasons = judge(draw, **{**PROVED, "issue_date": make("issue_date", day, verified=True)})
    assert Status.NEEDS_REVIEW is status
    assert phrase in reasons[0]


def test_a_few_days_ahead_is_tolerated(draw):
    ahead = make("issue_date", date(2026, 3, 5), verified=True)
    assert Status.ACCEPTED is judge(draw, **{**PROVED, "issue_date": ahead})[0]


def test_due_before_issued_goes_to_review(draw):
    early = make("due_date", date(2026, 1, 1), verified=True)
    assert any("before it was issued" in reason for reason in judge(draw, **PROVED, due_date=early)[1])


def test_a_letter_is_no_invoice(draw):
    letter = make("document_type", "other", verified=True)
    assert Status.NEEDS_REVIEW is judge(draw, document_type=letter)[0]


def test_several_invoices_in_one_file_go_to_review(draw):
    pages = tuple(draw(f"INVOICE\nInvoice No. 47{n}\nDate: 0{n}.02.2026\nTotal 1{n}.00", page=n) for n in (1, 2))
    status, reasons = judge_invoice(PROVED, pages, TODAY, ExtractSettings())
    assert Status.NEEDS_REVIEW is status
    assert any("several invoices" in reason for reason in reasons)

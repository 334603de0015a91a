"""Which fields keep a document from being accepted, what is a guess, and what is drawn for a look."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.acceptance import is_doubtful, is_proved, list_uncertain
from invoicewatch.extract.judge.doubtful import mark_doubtful
from invoicewatch.extract.judge.kinds import ReadingKind, name_kind
from invoicewatch.extract.judge.look import is_drawn
from invoicewatch.records import Field, Source

SHA = st.text("0123456789abcdef", min_size=64, max_size=64)


def make(name, value, confidence, *, verified=False, source=Source.OCR, method="beside Total"):
    return Field(name, value, confidence, verified, 1, None, source, method, "")


TOTAL = make("total", Decimal("12.00"), 0.9)
DAY = make("issue_date", date(2026, 2, 1), 0.6)


@pytest.mark.parametrize(
    ("decisive", "proved"), [(("total",), True), (("total", "issue_date"), False), (("iban",), False)]
)
def test_a_document_is_proved_where_every_decisive_field_is(decisive, proved):
    fields = {"total": replace(TOTAL, verified=True), "issue_date": DAY, "iban": None}
    assert proved == is_proved(fields, ExtractSettings(decisive=decisive))


def test_the_least_certain_field_is_named_first():
    assert [DAY, TOTAL] == list_uncertain({"total": TOTAL, "issue_date": DAY}, ExtractSettings())


def test_what_is_proved_is_never_blamed():
    proved = make("issue_date", DAY.value, 0.3, verified=True)
    assert [TOTAL] == list_uncertain({"total": TOTAL, "issue_date": proved}, ExtractSettings())


def test_a_guess_is_neither_proved_nor_certain():
    fields = {"total": TOTAL, "issue_date": make("issue_date", DAY.value, 0.1, verified=True), "iban": None}
    marked = mark_doubtful(fields, ExtractSettings())
    assert {"total": True, "issue_date": False} == {name: field.doubtful for name, field in marked.items() if field}


def test_a_field_that_nothing_was_counted_on_must_be_fairly_certain():
    assert is_doubtful(make("colour", "red", 0.85))
    assert not is_doubtful(make("colour", "red", 0.95))


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (None, ReadingKind.NOTHING),
        (make("total", Decimal(1), 1.0, source=Source.E_INVOICE), ReadingKind.XML),
        (make("total", Decimal(1), 1.0, source=Source.TEXT_LAYER), ReadingKind.TEXT_LAYER),
        (make("total", Decimal(1), 1.0, method="total, paid; two engines agree"), ReadingKind.TWO_ENGINES),
        (make("total", Decimal(1), 1.0), ReadingKind.ONE_ENGINE),
    ],
)
def test_a_kind_of_reading_is_that_of_the_total(field, kind):
    assert kind == name_kind(field)


@given(sha256=SHA, part=st.integers(min_value=0, max_value=40), share=st.floats(min_value=0, max_value=1))
def test_whoever_is_drawn_at_a_share_is_drawn_at_every_larger_one(sha256, part, share):
    assert not is_drawn(sha256, part, 0.0)
    assert is_drawn(sha256, part, 1.0)
    assert is_drawn(sha256, part, share) <= is_drawn(sha256, part, min(1.0, share * 2))


def test_the_share_that_is_drawn_is_the_share_that_is_asked_for():
    import hashlib

    names = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(2000)]
    assert 200 == pytest.approx(sum(is_drawn(name, 0, 0.1) for name in names), abs=45)

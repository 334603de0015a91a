from decimal import Decimal

import pytest

from invoicewatch.cli.answer.keys import Step, read_key
from invoicewatch.records import Alternative, Field, Source
from invoicewatch.records.attention.question import Question
from invoicewatch.store.records.entries import Entry

FIELD = Field("total", Decimal(5), 0.5, False, 1, None, Source.OCR, "", "")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("\r", (Step.NEXT, Entry(Decimal(5)))),
        ("2", (Step.NEXT, Entry(Decimal(7)))),
        ("3", (Step.UNKNOWN, None)),
        ("n", (Step.NEXT, Entry(None))),
        ("s", (Step.SKIP, None)),
        ("q", (Step.QUIT, None)),
        ("\x1b", (Step.UNKNOWN, None)),
    ],
)
def test_keys(key, expected):
    others = tuple(Alternative(Decimal(value), 0.3, 1, None, "") for value in (6, 7))
    question = Question("total", FIELD, others)
    assert expected == read_key(question, key)


def test_nothing_found_cannot_be_right():
    assert read_key(Question("total", None, ()), "\r") == (Step.UNKNOWN, None)

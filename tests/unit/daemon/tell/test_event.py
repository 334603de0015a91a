"""What is told of a document, and that its text is not."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.daemon.tell.event import Kind, describe_failure, describe_record, describe_trouble
from invoicewatch.daemon.tell.words import make_body, make_title
from invoicewatch.records import Failure, Field, Invoice, Source, Status
from invoicewatch.records.ledger import FileEntry, FileState, Stamp


def field(name, value):
    return Field(name, value, 0.987654, True, 1, None, Source.OCR, "labelled total", "SECRET LINE 12.50")


def invoice(status=Status.ACCEPTED, path="/inbox/a.pdf", reasons=()):
    fields = {"total": field("total", Decimal("12.50")), "issue_date": field("issue_date", date(2026, 3, 1))}
    fields |= {"seller_name": field("seller_name", "Acme"), "iban": None}
    return Invoice(
        path, "ab" * 32, "application/pdf", status, raw_text="SECRET TEXT", enhanced_text="SECRET TOO", fields=fields,
        reasons=reasons,
    )  # fmt: skip


def entry(path=b"/inbox/a.pdf"):
    return FileEntry(7, "/inbox", path, FileState.WORKING, Stamp(1, 2, 3), 0.0, 0.0)


def test_a_record_is_told_with_its_values_and_without_its_text():
    event = describe_record(invoice(reasons=("total is not certain",)), 17, "/inbox", 0.0)
    payload = json.loads(event.encode())
    notice = payload.pop("notice")
    assert payload == {
        "schema": 1,
        "event": "recorded",
        "time": "1970-01-01T00:00:00.000+00:00",
        "path": "/inbox/a.pdf",
        "inbox": "/inbox",
        "id": 17,
        "status": "accepted",
        "reasons": ["total is not certain"],
        "alarms": [],
        "fields": {
            "iban": None,
            "issue_date": {"value": "2026-03-01", "confidence": 0.9877, "verified": True, "doubtful": False},
            "seller_name": {"value": "Acme", "confidence": 0.9877, "verified": True, "doubtful": False},
            "total": {"value": "12.50", "confidence": 0.9877, "verified": True, "doubtful": False},
        },
    }
    assert len(notice) == 32
    assert b"SECRET" not in event.encode()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.ACCEPTED, Kind.RECORDED),
        (Status.DUPLICATE, Kind.RECORDED),
        (Status.NEEDS_REVIEW, Kind.NEEDS_REVIEW),
    ],
)
def test_each_document_makes_one_event_by_what_is_left_to_do(status, kind):
    assert kind is describe_record(invoice(status), 1, "", 0.0).kind


def test_a_failure_is_told_with_its_reason_and_remedy():
    event = describe_failure(entry(b"/inbox/\xff.pdf"), Failure("encrypted", "it is encrypted", "Unlock it."), 3, 0.0)
    payload = json.loads(event.encode())
    assert (Kind.FAILED, "failed", 3) == (event.kind, payload["status"], payload["id"])
    assert {"code": "encrypted", "message": "it is encrypted", "remedy": "Unlock it."} == payload["error"]
    assert "/inbox/\\udcff.pdf" == payload["path"]


def test_a_notice_keeps_its_name_and_another_has_another():
    first, again, later = (describe_trouble("disk full", time_s) for time_s in (1.0, 1.0, 2.0))
    assert first.payload["notice"] == again.payload["notice"] != later.payload["notice"]


def test_people_read_the_figures_the_reasons_and_what_to_type():
    event = describe_record(invoice(Status.NEEDS_REVIEW, reasons=("total is not certain",)), 17, "/inbox", 0.0)
    assert "invoicewatch: Needs your eye: a.pdf" == make_title(event)
    assert "Acme 2026-03-01 12.50\ntotal is not certain\ninvoicewatch show 17" == make_body(event)
    failed = describe_failure(entry(), Failure("encrypted", "it is encrypted", "Unlock it."), None, 0.0)
    assert "it is encrypted\nUnlock it." == make_body(failed)
    assert "invoicewatch: Trouble" == make_title(describe_trouble("disk full", 0.0))


@given(st.text())
def test_no_name_or_reason_breaks_out_of_its_line(text):
    event = describe_record(invoice(path=f"/inbox/{text}", reasons=(text,)), 17, "", 0.0)
    assert make_title(event).isprintable()
    assert all(line.isprintable() for line in make_body(event).split("\n"))
    assert len(make_body(event).split("\n")) <= 3
    assert event.encode().isascii()
    assert b"\n" not in event.encode()

"""What there is to tell, as plain values: which document, its status and fields; never a document's text.

Schema 1: later versions add keys and never rename one. ``notice`` names the notice; it is the same in every attempt
to deliver it, so that a receiver can tell a second attempt from a second event.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from invoicewatch.records import Failure, Field, Invoice, Status
from invoicewatch.records.as_json import alarm_to_json, dump_json, failure_to_json, make_encodable, part_to_json
from invoicewatch.records.contract.notice import ToldFieldJson
from invoicewatch.records.field import format_value
from invoicewatch.records.ledger import FileEntry

SCHEMA = 1
_NOTICE_DIGITS = 32


class Kind(StrEnum):
    """What happened; each record makes one event: nothing is left to do, or one of the others."""

    RECORDED = "recorded"
    NEEDS_REVIEW = "needs_review"
    FAILED = "failed"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell; ``payload`` is ready for JSON."""

    kind: Kind
    payload: Mapping[str, Any]

    def encode(self) -> bytes:
        """The payload as JSON on one line, in ASCII."""
        return dump_json(self.payload).encode("ascii")


def describe_record(invoice: Invoice, invoice_id: int, inbox: str, now_s: float) -> Event:
    """A document that was read and recorded."""
    kind = Kind.NEEDS_REVIEW if invoice.status is Status.NEEDS_REVIEW else Kind.RECORDED
    values = {
        **_describe_file(invoice.path, inbox),
        "id": invoice_id,
        "status": str(invoice.status),
        "reasons": [make_encodable(reason) for reason in invoice.reasons],
        "alarms": [alarm_to_json(alarm) for alarm in invoice.alarms],
        "fields": {name: _describe_field(field) for name, field in sorted(invoice.fields.items())},
        **({} if invoice.part is None else {"part": part_to_json(invoice.part)}),
    }
    return _make_event(kind, now_s, values)


def describe_failure(entry: FileEntry, failure: Failure, invoice_id: int | None, now_s: float) -> Event:
    """A document that could not be read and is set aside; ``invoice_id`` None if it was not even copied."""
    values = {
        **_describe_file(os.fsdecode(entry.path), entry.inbox),
        "id": invoice_id,
        "status": str(Status.FAILED),
        "error": failure_to_json(failure),
    }
    return _make_event(Kind.FAILED, now_s, values)


def describe_trouble(message: str, now_s: float) -> Event:
    """The daemon itself cannot do its work, or a part of it."""
    return _make_event(Kind.TROUBLE, now_s, {"message": make_encodable(message)})


def _describe_file(path: str, inbox: str) -> dict[str, Any]:
    return {"path": make_encodable(path), "inbox": make_encodable(inbox)}


def _describe_field(field: Field | None) -> ToldFieldJson | None:
    if field is None:
        return None
    value = make_encodable(format_value(field.value))
    return {
        "value": value,
        "confidence": round(field.confidence, 4),
        "verified": field.verified,
        "doubtful": field.doubtful,
    }


def _make_event(kind: Kind, now_s: float, values: Mapping[str, Any]) -> Event:
    time = datetime.fromtimestamp(now_s, UTC).isoformat(timespec="milliseconds")
    payload = {"schema": SCHEMA, "event": str(kind), "time": time, **values}
    notice = hashlib.sha256(dump_json(payload).encode("ascii")).hexdigest()[:_NOTICE_DIGITS]
    return Event(kind, payload | {"notice": notice})

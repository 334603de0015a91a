"""A record's values as rows: what of it goes into which table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from invoicewatch.records import Alarm, Asked, Attachment, Box, Edit, Field, FieldValue, Invoice, format_value
from invoicewatch.records.as_json import alternative_to_json, code_to_json, make_encodable, validation_to_json
from invoicewatch.store.database.schema import money_to_integer
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.memory.packing import pack, pack_readings

if TYPE_CHECKING:
    from invoicewatch.store.tables.inserting import RowValues

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def kind_of(value: FieldValue) -> str:
    """``money``, ``date`` or ``text``."""
    if isinstance(value, Decimal):
        return "money"
    return "date" if isinstance(value, date) else "text"


def make_run_row(invoice_id: int, invoice: Invoice, recorded: datetime) -> RowValues:
    """How the machine run went."""
    return {
        "invoice_id": invoice_id,
        "recorded": format_utc(recorded),
        "status": str(invoice.status),
        "engine": invoice.engine,
        "model": invoice.model,
        "page_sizes": _dump([list(size) for size in invoice.page_sizes]),
        "reasons": _dump(invoice.reasons),
        "notes": _dump(invoice.notes),
        "versions": _dump(dict(sorted(invoice.versions.items()))),
        "timings": _dump({name: round(seconds, 4) for name, seconds in asdict(invoice.timings).items()}),
        "attachments": _dump_all(invoice.attachments),
        "alarms": _dump_all(invoice.alarms),
        "asked": _dump_all(invoice.asked),
        "codes": _dump([code_to_json(code) for code in invoice.codes]) if invoice.codes else None,
        "error": None if invoice.error is None else _dump(asdict(invoice.error)),
        "validation": None if invoice.validation is None else _dump(validation_to_json(invoice.validation)),
        "signature": None if invoice.signature is None else _dump(asdict(invoice.signature)),
    }


def make_field_rows(invoice_id: int, fields: Mapping[str, Field | None]) -> list[RowValues]:
    """One row for each field that was found."""
    return [_make_field_row(invoice_id, field) for field in fields.values() if field is not None]


def _make_field_row(invoice_id: int, field: Field) -> RowValues:
    return {
        "invoice_id": invoice_id,
        "name": field.name,
        "kind": kind_of(field.value),
        "value": make_encodable(format_value(field.value)),
        "amount": money_to_integer(field.value) if isinstance(field.value, Decimal) else None,
        "confidence": field.confidence,
        "verified": field.verified,
        "doubtful": field.doubtful,
        "page": field.page,
        **write_box(field.box),
        "source": str(field.source),
        "method": make_encodable(field.method),
        "text": make_encodable(field.text),
        "alternatives": _dump([{**alternative_to_json(o), "kind": kind_of(o.value)} for o in field.alternatives]),
        "xpath": field.xpath or None,
    }


def write_box(box: Box | None) -> RowValues:
    """The columns of a box."""
    x0, y0, x1, y1 = box or (None, None, None, None)
    return {"x0": x0, "y0": y0, "x1": x1, "y1": y1}


def make_edit_rows(invoice_id: int, edits: Sequence[Edit]) -> list[RowValues]:
    """One row for each change of the text, in order."""
    return [_make_edit_row(invoice_id, position, edit) for position, edit in enumerate(edits)]


def _make_edit_row(invoice_id: int, position: int, edit: Edit) -> RowValues:
    return {
        "invoice_id": invoice_id,
        "position": position,
        "page": edit.page,
        "line": edit.line,
        "first": edit.first,
        "last": edit.last,
        "before": make_encodable(edit.before),
        "after": make_encodable(edit.after),
        **write_box(edit.box),
        "reason": make_encodable(edit.reason),
        "score_before": edit.score_before,
        "score_after": edit.score_after,
        "processor": edit.processor,
    }


def make_text_row(invoice_id: int, invoice: Invoice) -> RowValues:
    """The texts; where correction changed nothing, the text is kept once."""
    raw = make_encodable(invoice.raw_text)
    enhanced = None if invoice.enhanced_text is None else make_encodable(invoice.enhanced_text)
    same = enhanced == raw
    return {"invoice_id": invoice_id, "raw": raw, "enhanced": None if same else enhanced, "enhanced_is_raw": same}


def make_sketch_rows(invoice_id: int, invoice: Invoice, *, with_readings: bool) -> list[RowValues]:
    """The document's sketch in one row, with its readings or without; none where it was read off no page."""
    if invoice.sketch is None:
        return []
    readings = pack_readings(invoice.readings) if invoice.readings and with_readings else None
    marks = _dump(invoice.sketch.marks)
    return [{"invoice_id": invoice_id, "marks": marks, "sketch": pack(invoice.sketch), "readings": readings}]


def _dump_all(values: Sequence[Attachment | Alarm | Asked]) -> str | None:
    """A list of records; None for none."""
    return _dump([asdict(each) for each in values]) if values else None


def _dump(value: Any) -> str:
    return make_encodable(_ENCODER.encode(value))

"""A record read back as the value it was made from: what ``rows`` takes apart, put together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from invoicewatch.records import (
    Alternative,
    Box,
    Edit,
    Failure,
    Field,
    FieldValue,
    Invoice,
    PageSize,
    Source,
    Status,
    Timings,
)
from invoicewatch.store.tables import EditRow, FieldRow, InvoiceRow, RunRow, TextRow

if TYPE_CHECKING:
    from sqlmodel import Session


def find_invoice(session: Session, sha256: str) -> Invoice | None:
    """The latest machine run of the document with these bytes, without what people entered; None if there is none."""
    row = session.exec(select(InvoiceRow).where(InvoiceRow.sha256 == sha256)).first()
    run = session.get(RunRow, row.id) if row else None
    if row is None or run is None:
        return None
    text = session.get(TextRow, row.id)
    fields = session.exec(select(FieldRow).where(FieldRow.invoice_id == row.id)).all()
    edits = session.exec(select(EditRow).where(EditRow.invoice_id == row.id).order_by(col(EditRow.position))).all()
    return Invoice(
        path=row.path,
        sha256=row.sha256,
        media_type=row.media_type,
        status=Status(run.status),
        page_sizes=tuple(PageSize(*size) for size in json.loads(run.page_sizes)),
        engine=run.engine,
        model=run.model,
        raw_text=text.raw if text else "",
        enhanced_text=text.enhanced if text else None,
        edits=tuple(_make_edit(edit) for edit in edits),
        fields={field.name: _make_field(field) for field in fields},
        reasons=tuple(json.loads(run.reasons)),
        notes=tuple(json.loads(run.notes)),
        error=Failure(**json.loads(run.error)) if run.error else None,
        timings=Timings(**json.loads(run.timings)),
        versions=json.loads(run.versions),
    )


def parse_stored(kind: str, text: str) -> FieldValue:
    """The value behind a row's canonical text. Raises ValueError."""
    if kind == "money":
        return Decimal(text)
    return date.fromisoformat(text) if kind == "date" else text


def _make_field(row: FieldRow) -> Field:
    return Field(
        name=row.name,
        value=parse_stored(row.kind, row.value),
        confidence=row.confidence,
        verified=row.verified,
        page=row.page,
        box=_make_box(row.x0, row.y0, row.x1, row.y1),
        source=Source(row.source),
        method=row.method,
        text=row.text,
        alternatives=tuple(_make_alternative(other) for other in json.loads(row.alternatives)),
    )


def _make_box(x0: float | None, y0: float | None, x1: float | None, y1: float | None) -> Box | None:
    if x0 is None or y0 is None or x1 is None or y1 is None:
        return None
    return Box(x0, y0, x1, y1)


def _make_alternative(other: Mapping[str, Any]) -> Alternative:
    box = Box(*other["box"]) if other["box"] else None
    value = parse_stored(other["kind"], other["value"])
    return Alternative(value, other["confidence"], other["page"], box, other["text"])


def _make_edit(row: EditRow) -> Edit:
    box = Box(row.x0, row.y0, row.x1, row.y1)
    place = (row.page, row.line, row.first, row.last)
    return Edit(*place, row.before, row.after, box, row.reason, row.score_before, row.score_after, row.processor)

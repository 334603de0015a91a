"""A record as JSON: schema 1, to which keys are added and in which none is ever renamed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, cast

from invoicewatch.records.attention.alarm import Alarm
from invoicewatch.records.attention.question import STATUS, Question, list_needed
from invoicewatch.records.carried.code import Code
from invoicewatch.records.carried.einvoice import Signature, Validation
from invoicewatch.records.carried.itemised import InvoiceLine, TaxByRate
from invoicewatch.records.contract.record import (
    AlarmJson,
    AlternativeJson,
    AttachmentJson,
    CodeJson,
    EditJson,
    FailureJson,
    FieldJson,
    InvoiceJson,
    LineJson,
    PartJson,
    QuestionJson,
    SignatureJson,
    TaxJson,
    TimingsJson,
    ValidationJson,
)
from invoicewatch.records.correction import Edit
from invoicewatch.records.document import Attachment
from invoicewatch.records.field import FIELD_NAMES, Alternative, Field, format_value
from invoicewatch.records.geometry import Box
from invoicewatch.records.invoice import Failure, Invoice, Part, Status, Timings

SCHEMA = 1
_BOX_DIGITS = 5
_SCORE_DIGITS = 4
_UNDECODED = re.compile(r"\\u(dc[89a-f][0-9a-f])")


def invoice_to_json(invoice: Invoice) -> InvoiceJson:
    """The record as plain JSON values, keys in a fixed order; equal records (timings aside) give equal bytes."""
    record: InvoiceJson = {
        "schema": SCHEMA,
        "path": make_encodable(invoice.path),
        "sha256": invoice.sha256,
        "media_type": invoice.media_type,
        "status": str(invoice.status),
        "error": None if invoice.error is None else failure_to_json(invoice.error),
        "page_sizes": [list(size) for size in invoice.page_sizes],
        "engine": invoice.engine,
        "model": invoice.model,
        "raw_text": make_encodable(invoice.raw_text),
        "enhanced_text": None if invoice.enhanced_text is None else make_encodable(invoice.enhanced_text),
        "edits": [edit_to_json(edit) for edit in invoice.edits],
        "fields": fields_to_json(invoice.fields),
        "reasons": [make_encodable(reason) for reason in invoice.reasons],
        "alarms": [alarm_to_json(alarm) for alarm in invoice.alarms],
        "questions": [question_to_json(question) for question in list_needed(invoice)],
        "notes": [make_encodable(note) for note in invoice.notes],
        "versions": dict(sorted(invoice.versions.items())),
        "attachments": [attachment_to_json(attachment) for attachment in invoice.attachments],
        "codes": [code_to_json(code) for code in invoice.codes],
        "lines": [line_to_json(line) for line in invoice.lines],
        "taxes": [tax_to_json(tax) for tax in invoice.taxes],
        "timings": _timings_to_json(invoice.timings),
        "signature": None if invoice.signature is None else signature_to_json(invoice.signature),
        "validation": None if invoice.validation is None else validation_to_json(invoice.validation),
    }
    if invoice.part is not None:
        record["part"] = part_to_json(invoice.part)
    return record


def failure_to_json(failure: Failure) -> FailureJson:
    """Why a document failed."""
    return {
        "code": make_encodable(failure.code),
        "message": make_encodable(failure.message),
        "remedy": make_encodable(failure.remedy),
    }


def alarm_to_json(alarm: Alarm) -> AlarmJson:
    """A reason for a review that may save money."""
    return {
        "code": str(alarm.code),
        "words": make_encodable(alarm.words),
        "field": alarm.field or None,
        "record": alarm.record,
    }


def question_to_json(question: Question) -> QuestionJson:
    """What a person is asked, with the answers that are offered."""
    field = question.field
    unknown = str(Status.ACCEPTED) if question.name == STATUS else None
    return {
        "field": question.name,
        "value": make_encodable(format_value(field.value)) if field else unknown,
        "confidence": round(field.confidence, _SCORE_DIGITS) if field else 0.0,
        "reason": make_encodable(question.reason),
        "alternatives": [
            {"value": make_encodable(format_value(other.value)), "confidence": round(other.confidence, _SCORE_DIGITS)}
            for other in question.others
        ],
        "page": field.page if field else None,
        "box": box_to_json(field.box) if field else None,
    }


def part_to_json(part: Part) -> PartJson:
    """Which pages of the file the record stands for; whole files have no such key."""
    return {
        "number": part.number,
        "of": part.count,
        "first_page": part.pages[0] if part.pages else None,
        "last_page": part.pages[-1] if part.pages else None,
        "pages": list(part.pages),
    }


def attachment_to_json(attachment: Attachment) -> AttachmentJson:
    """A file inside the file."""
    return {
        "name": make_encodable(attachment.name),
        "media_type": attachment.media_type,
        "bytes": attachment.size_bytes,
        "taken_for": str(attachment.taken_for),
    }


def signature_to_json(signature: Signature) -> SignatureJson:
    """What became of checking a signed container."""
    return {
        "state": str(signature.state),
        "signer": make_encodable(signature.signer),
        "detail": make_encodable(signature.words),
    }


def code_to_json(code: Code) -> CodeJson:
    """A code on a page."""
    return {
        "page": code.page,
        "box": [round(side, _BOX_DIGITS) for side in code.box],
        "format": code.format,
        "text": make_encodable(code.text),
        "taken_for": code.taken_for,
        "fault": make_encodable(code.fault),
    }


def validation_to_json(validation: Validation) -> ValidationJson:
    """The verdict on an e-invoice."""
    return {
        "validity": str(validation.validity),
        "against": validation.against,
        "broken": [
            {"id": make_encodable(rule.id), "words": make_encodable(rule.words), "xpath": make_encodable(rule.xpath)}
            for rule in validation.broken
        ],
        "detail": make_encodable(validation.detail),
    }


def line_to_json(line: InvoiceLine) -> LineJson:
    """One line with its evidence."""
    return {
        "description": make_encodable(line.description),
        "quantity": _plain(line.quantity),
        "unit": make_encodable(line.unit),
        "unit_price": _plain(line.unit_price),
        "net": _plain(line.net),
        "gross": _plain(line.gross),
        "rate": _plain(line.rate),
        "verified": line.verified,
        "source": str(line.source),
        "page": line.page,
        "box": box_to_json(line.box),
        "path": make_encodable(line.path),
    }


def tax_to_json(tax: TaxByRate) -> TaxJson:
    """The tax at one rate with its evidence."""
    return {
        "category": make_encodable(tax.category),
        "rate": _plain(tax.rate),
        "base": _plain(tax.base),
        "tax": format_value(tax.tax),
        "verified": tax.verified,
        "source": str(tax.source),
        "page": tax.page,
        "box": box_to_json(tax.box),
        "path": make_encodable(tax.path),
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format_value(value)


def fields_to_json(fields: Mapping[str, Field | None]) -> dict[str, FieldJson | None]:
    """The standard fields in their order, then those of plug-ins by name; None where nothing was found."""
    names = [*FIELD_NAMES, *sorted(set(fields) - set(FIELD_NAMES))]
    found = {name: fields.get(name) for name in names}
    return {name: None if field is None else field_to_json(field) for name, field in found.items()}


def field_to_json(field: Field) -> FieldJson:
    """One field with its evidence."""
    return {
        "value": make_encodable(format_value(field.value)),
        "confidence": round(field.confidence, _SCORE_DIGITS),
        "verified": field.verified,
        "page": field.page,
        "box": box_to_json(field.box),
        "source": str(field.source),
        "method": make_encodable(field.method),
        "text": make_encodable(field.text),
        "alternatives": [alternative_to_json(other) for other in field.alternatives],
        "xpath": field.xpath or None,
        "doubtful": field.doubtful,
    }


def alternative_to_json(other: Alternative) -> AlternativeJson:
    """Another value a field might have."""
    return {
        "value": make_encodable(format_value(other.value)),
        "confidence": round(other.confidence, _SCORE_DIGITS),
        "page": other.page,
        "box": box_to_json(other.box),
        "text": make_encodable(other.text),
    }


def edit_to_json(edit: Edit) -> EditJson:
    """One change of the text."""
    return {
        "page": edit.page,
        "box": box_to_json(edit.box),
        "before": make_encodable(edit.before),
        "after": make_encodable(edit.after),
        "reason": make_encodable(edit.reason),
        "score": round(edit.score, _SCORE_DIGITS),
        "line": edit.line,
        "processor": edit.processor,
    }


def box_to_json(box: Box | None) -> list[float] | None:
    """The four fractions; a hundred-thousandth of a page is finer than any pixel."""
    return None if box is None else [round(side, _BOX_DIGITS) for side in box]


def make_encodable(text: str) -> str:
    r"""Text that UTF-8 can hold: what ``os.fsdecode`` could not decode becomes a visible ``\udcXX``.

    >>> print(make_encodable("m\udcfcll.pdf"))
    m\udcfcll.pdf
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def restore_path(text: str) -> str:
    r"""The path that ``make_encodable`` made encodable: each ``\udcXX`` is the byte again that it stands for."""
    return _UNDECODED.sub(lambda match: chr(int(match[1], 16)), text)


def dump_json(value: Any) -> str:
    """JSON on one line, in ASCII: a terminal that shows it finds no control character in it."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def _timings_to_json(timings: Timings) -> TimingsJson:
    return cast("TimingsJson", {name: round(seconds, 4) for name, seconds in asdict(timings).items()})

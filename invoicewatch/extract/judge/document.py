"""The verdict on a document with all that came in its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.einvoice.remarks import find_xml_remarks
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Field, Reading, Status


def judge_document(
    fields: Mapping[str, Field | None],
    readings: Sequence[Reading],
    attachments: Mapping[str, bytes],
    today: date,
    settings: ExtractSettings,
    invoice: int = 0,
) -> tuple[Status, tuple[str, ...]]:
    """Whether a person should look, and why; XML that is not one e-invoice that was read is a reason.

    ``invoice`` is which of several invoices in a file of XML is meant, each of which is judged; 0 where it is one.
    """
    remarks = find_xml_remarks(attachments, settings, bare=not readings, split=invoice > 0)
    if remarks and not readings and not any(fields.values()):
        return Status.NEEDS_REVIEW, remarks  # they say why nothing was found
    status, reasons = judge_invoice(fields, readings, today, settings)
    return (Status.NEEDS_REVIEW if remarks else status), (*reasons, *remarks)

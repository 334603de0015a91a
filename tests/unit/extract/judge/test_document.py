"""XML that could not be read sends the document to review, and is named beside the other reasons."""

from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.document import judge_document
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Status

TODAY = date(2026, 1, 1)


def test_damaged_xml_is_a_reason_for_review():
    status, reasons = judge_document(
        {}, (), {"factur-x.xml": b"<?xml version='1.0'?><broken"}, TODAY, ExtractSettings()
    )

    assert Status.NEEDS_REVIEW is status
    assert "the embedded factur-x.xml was not read" in reasons[-1]


def test_without_xml_the_verdict_is_the_pages():
    assert judge_invoice({}, (), TODAY, ExtractSettings()) == judge_document({}, (), {}, TODAY, ExtractSettings())

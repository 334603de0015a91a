"""XML that could not be read sends the document to review, and is named beside the other reasons."""

from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.document import judge_document
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import Reading, Status

TODAY = date(2026, 1, 1)


BROKEN = {"factur-x.xml": b"<?xml version='1.0'?><broken"}
PAGE = (Reading(1, (), "test"),)


def test_damaged_xml_beside_pages_is_one_reason_for_review_more():
    status, reasons = judge_document({}, PAGE, BROKEN, TODAY, ExtractSettings())

    assert Status.NEEDS_REVIEW is status
    assert "the total was not found" in reasons
    assert "the embedded factur-x.xml was not read" in reasons[-1]


def test_damaged_xml_alone_is_the_only_reason():
    (reason,) = judge_document({}, (), BROKEN, TODAY, ExtractSettings())[1]
    assert reason.startswith("factur-x.xml was not read: the XML is not well formed")


def test_without_xml_the_verdict_is_the_pages():
    assert judge_invoice({}, (), TODAY, ExtractSettings()) == judge_document({}, (), {}, TODAY, ExtractSettings())

"""Recording links other scans of an invoice, and never merges them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from invoicewatch.records import Field, Invoice, Part, Signature, SignatureState, Source, Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.recall import find_records
from invoicewatch.store.records.recording import record_parts

ARRIVED = datetime(2026, 1, 1, tzinfo=UTC)


def make(name: str, value: str | Decimal) -> Field:
    return Field(name, value, 0.9, True, 1, None, Source.OCR, "label", str(value))


FIRST = Invoice(
    path="/in/a.pdf",
    sha256="aa" * 32,
    media_type="application/pdf",
    status=Status.ACCEPTED,
    fields={
        "seller_name": make("seller_name", "Muster Handels GmbH"),
        "invoice_number": make("invoice_number", "R-2024-17"),
        "total": make("total", Decimal("119.00")),
    },
)


def test_another_scan_of_a_recorded_invoice_goes_to_review_and_both_stay(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.begin() as session:
        ((number, kept),) = record_parts(session, [FIRST], arrived=ARRIVED)
        ((other, flagged),) = record_parts(session, [replace(FIRST, sha256="bb" * 32)], arrived=ARRIVED)
        (stored,) = find_records(session, "bb" * 32)
    database.close()

    assert Status.ACCEPTED is kept.status
    assert number != other
    assert Status.NEEDS_REVIEW is flagged.status
    assert (f"looks like another scan of #{number}: same seller, number and total",) == stored.invoice.reasons


def test_a_later_run_does_not_unlearn_what_a_person_said(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.begin() as session:
        ((number, _),) = record_parts(session, [FIRST], arrived=ARRIVED)
        enter_values(session, number, {"seller_name": Entry("Muster AG")}, who="anna", when=ARRIVED)
        record_parts(session, [FIRST], arrived=ARRIVED)
        memory = load_memory(session)
    database.close()

    assert [seller.name for seller in memory.sellers] == ["Muster AG"]


def test_what_is_known_of_a_signature_and_of_invoices_without_pages_comes_back(tmp_path: Path) -> None:
    signature = Signature(SignatureState.INTACT, "Anna Bianchi")
    parts = [replace(FIRST, part=Part(number, 2, ()), signature=signature) for number in (1, 2)]
    database = open_database(tmp_path)
    with database.begin() as session:
        record_parts(session, parts, arrived=ARRIVED)
        stored = find_records(session, FIRST.sha256)
    database.close()

    assert [(each.machine.part, each.machine.signature) for each in stored] == [(p.part, signature) for p in parts]

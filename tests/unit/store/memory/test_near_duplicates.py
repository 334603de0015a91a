from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from invoicewatch.records import AlarmCode, Field, Invoice, Source, Status
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.alarms.raising import raise_alarms
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.invoices import save_invoice

ARRIVED = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def keep(tmp_path):
    """Save records as the daemon does; returns the record as saved and its number."""
    database = open_database(tmp_path)

    def keep(invoice):
        with database.begin() as session:
            flagged = raise_alarms(session, invoice)
            return flagged, save_invoice(session, flagged, arrived=ARRIVED)

    yield keep
    database.close()


def make_invoice(sha256, *, seller="Café Über GmbH", number="RE-2026/17", total="119.00"):
    values = {"seller_name": seller, "invoice_number": number, "total": total and Decimal(total)}
    fields = {
        name: Field(name, value, 0.9, False, 1, None, Source.OCR, "test", str(value)) if value else None
        for name, value in values.items()
    }
    return Invoice(f"/in/{sha256}.pdf", sha256, "application/pdf", Status.ACCEPTED, fields=fields)


def linked(tmp_path, number):
    with open_reader(tmp_path) as reader:
        return list_near_duplicates(reader, number)


def test_another_scan_is_flagged_and_linked_both_ways_and_both_records_stay(keep, tmp_path):
    _, first = keep(make_invoice("a"))
    flagged, second = keep(make_invoice("b", seller="CAFE UBER GMBH", number="RE 2026 17"))
    assert flagged.status is Status.NEEDS_REVIEW
    assert flagged.reasons == (f"looks like another scan of #{first}: same seller, number and total",)
    assert (linked(tmp_path, first), linked(tmp_path, second)) == ([second], [first])


@pytest.mark.parametrize(
    "change",
    [{"seller": "Bahnhof Kiosk"}, {"number": "RE-2026/18"}, {"total": "119.01"}, {"number": None}, {"total": None}],
)
def test_a_document_that_differs_in_one_of_the_three_is_its_own(keep, tmp_path, change):
    keep(make_invoice("a"))
    flagged, number = keep(make_invoice("b", **change))
    assert AlarmCode.NEAR_DUPLICATE not in {alarm.code for alarm in flagged.alarms}
    assert linked(tmp_path, number) == []


def test_a_document_is_not_its_own_twin_when_processed_again(keep):
    keep(make_invoice("a"))
    flagged, _ = keep(make_invoice("a"))
    assert flagged.status is Status.ACCEPTED


def test_a_link_goes_when_a_later_run_reads_another_number(keep, tmp_path):
    _, first = keep(make_invoice("a"))
    keep(make_invoice("b"))
    keep(make_invoice("b", number="RE-2026/99"))
    assert linked(tmp_path, first) == []


def test_a_failed_document_is_nobodys_twin(keep):
    keep(make_invoice("a"))
    flagged, _ = keep(replace(make_invoice("b"), status=Status.FAILED))
    assert flagged.status is Status.FAILED

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from invoicewatch.records import Box, Code, Failure, Status
from invoicewatch.records.as_json import invoice_to_json
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.query import find_invoice_id
from invoicewatch.store.tables.record import InvoiceRow


def test_a_record_comes_back_as_it_was_saved(store):
    invoice = store.make_invoice()
    number = store.save(invoice, inbox="/inbox", stored_path="/archive/2026/03/scan.pdf")
    stored = store.load(number)
    assert stored.invoice == replace(invoice, fields=stored.invoice.fields)
    assert invoice_to_json(stored.invoice) == invoice_to_json(invoice)
    assert stored.machine.edits == invoice.edits
    assert (stored.inbox, stored.stored_path) == ("/inbox", "/archive/2026/03/scan.pdf")
    assert (stored.arrived, stored.run) == (store.arrived, 1)


def test_a_failed_document_is_a_record_too(store):
    failure = Failure("encrypted", "scan.pdf is encrypted", "Remove the password.")
    number = store.save(
        store.make_invoice(status=Status.FAILED, error=failure, fields={}, raw_text="", enhanced_text=None)
    )
    assert store.load(number).invoice.error == failure


@pytest.mark.parametrize("enhanced", [None, "same", "other"])
def test_no_correction_and_nothing_to_correct_are_told_apart(store, enhanced):
    number = store.save(store.make_invoice(raw_text="same", enhanced_text=enhanced))
    assert enhanced == store.load(number).invoice.enhanced_text


def test_the_same_bytes_again_replace_the_machine_run_under_the_same_number(store):
    first = store.save(store.make_invoice())
    later = store.with_fields(store.make_invoice(), total=Decimal("99.95"))
    second = store.save(later, arrived=store.arrived + timedelta(days=1))
    stored = store.load(second)
    assert first == second
    assert (stored.run, stored.arrived) == (2, store.arrived)
    assert stored.invoice.fields["total"].value == Decimal("99.95")


def test_a_duplicate_does_not_replace_the_record_it_doubles(store):
    number = store.save(store.make_invoice())
    assert number == store.save(store.make_invoice(status=Status.DUPLICATE, fields={}, raw_text=""))
    assert store.load(number).invoice.status is Status.ACCEPTED


def test_nothing_is_kept_if_the_callers_transaction_fails(store):
    def save_and_fail():
        with store.database.begin() as session:
            save_invoice(session, store.make_invoice(), arrived=store.arrived)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    with store.database.begin() as session:
        assert session.exec(select(InvoiceRow)).all() == []


@pytest.mark.parametrize("amount", ["0.01", "-17.50", "1234567890123.4567", "0.0000"])
def test_money_is_exact(store, amount):
    number = store.save(store.with_fields(store.make_invoice(), total=Decimal(amount)))
    assert str(store.load(number).invoice.fields["total"].value) == amount
    with store.reader() as reader:
        assert reader.rows("SELECT total FROM invoice")[0][0] == int(Decimal(amount) * 10_000)


def test_a_file_name_that_is_not_utf8_comes_back_byte_for_byte(store):
    number = store.save(store.make_invoice("b\udcfcro.pdf"))
    stored = store.load(number)
    assert stored.invoice.path == "/inbox/b\udcfcro.pdf"
    assert json.dumps(invoice_to_json(stored.invoice)).encode("ascii")


def test_a_record_is_found_by_its_number_or_the_beginning_of_its_hash(store):
    invoice = store.make_invoice()
    number = store.save(invoice)
    with store.reader() as reader:
        assert number == find_invoice_id(reader, str(number))
        assert number == find_invoice_id(reader, invoice.sha256[:8].upper())
        assert find_invoice_id(reader, "999") is None
        assert find_invoice_id(reader, "' OR 1 --") is None


def test_the_codes_of_its_pages_come_back_and_a_later_run_replaces_them(store):
    codes = (
        Code("https://shop.example", "QRCode", 2, Box(0.1, 0.2, 0.3, 0.4)),
        Code("BCD\n…", "QRCode", 1, Box(0.5, 0.6, 0.7, 0.8), "EPC069-12", "its BIC is none"),
    )
    number = store.save(store.make_invoice(codes=codes))
    assert codes == store.load(number).invoice.codes
    store.save(store.make_invoice())
    assert store.load(number).invoice.codes == ()

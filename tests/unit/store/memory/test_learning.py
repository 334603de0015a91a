from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.records import Field, Invoice, Memory, Source, Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.learning import learn, load_memory


@pytest.fixture
def database(tmp_path):
    database = open_database(tmp_path)
    yield database
    database.close()


def make_field(name, value, *, verified=True, source=Source.OCR, text=None):
    return Field(name, value, 0.9, verified, 1, None, source, "test", str(value) if text is None else text)


def make_invoice(number, **changes):
    fields = {
        "seller_name": make_field("seller_name", "Café Über GmbH"),
        "seller_vat_id": make_field("seller_vat_id", "DE811569869"),
        "currency": make_field("currency", "EUR"),
        "issue_date": make_field("issue_date", date(2026, 2, 14), text="Datum: 14.02.2026"),
        "total": make_field("total", Decimal("1250.00"), text="Summe 1.250,00"),
        "invoice_number": make_field("invoice_number", f"RE-2026/{number}"),
    }
    text = "Bank: www.sparkasse.de, Mail: info@cafe-ueber.example.org, www.cafeuber.de"
    return Invoice(
        f"/in/{number}.pdf", f"sha{number}", "application/pdf", Status.ACCEPTED, raw_text=text, fields=fields | changes
    )


def learn_all(database, *invoices):
    for invoice in invoices:
        with database.begin() as session:
            learn(session, invoice)
    with database.begin() as session:
        return load_memory(session)


def test_a_new_database_remembers_nothing(database):
    assert learn_all(database) == Memory()


def test_a_proved_invoice_teaches_its_sellers_habits(database):
    (seller,) = learn_all(database, make_invoice(10)).sellers
    assert seller.name == "Café Über GmbH"
    assert (seller.proofs, seller.vat_id, seller.currency) == (1, "DE811569869", "EUR")
    assert (seller.date_order, seller.decimal_sign, seller.number_pattern) == ("dmy", ",", "AA-9999/99")
    assert seller.domain == "cafeuber.de"


def test_each_document_counts_once_and_every_change_makes_a_version(database):
    memory = learn_all(database, make_invoice(10), make_invoice(11), make_invoice(10))
    assert (memory.version, memory.sellers[0].proofs) == (2, 2)


def test_what_is_not_verified_teaches_nothing(database):
    unproved = make_field("seller_name", "Cafe Uber GmbH", verified=False)
    assert learn_all(database, make_invoice(10, seller_name=unproved)) == Memory()
    guessed = make_field("seller_vat_id", "DE999999999", verified=False)
    (seller,) = learn_all(database, make_invoice(11, seller_vat_id=guessed)).sellers
    assert not seller.vat_id


@pytest.mark.parametrize("status", [Status.FAILED, Status.DUPLICATE])
def test_a_failed_or_duplicate_document_teaches_nothing(database, status):
    assert learn_all(database, replace(make_invoice(10), status=status)) == Memory()


def test_a_person_teaches_like_a_proof(database):
    human = make_field("seller_name", "Kiosk Nord", verified=False, source=Source.HUMAN)
    assert [seller.name for seller in learn_all(database, make_invoice(10, seller_name=human)).sellers] == [
        "Kiosk Nord"
    ]


def test_a_correction_replaces_what_the_document_taught_before(database):
    corrected = make_invoice(10, seller_name=make_field("seller_name", "Kiosk Nord", source=Source.HUMAN))
    memory = learn_all(database, make_invoice(10), corrected)
    assert ([seller.name for seller in memory.sellers], memory.version) == (["Kiosk Nord"], 2)


def test_a_correction_that_leaves_no_seller_takes_the_lesson_back(database):
    assert learn_all(database, make_invoice(10), make_invoice(10, seller_name=None)).sellers == ()


def test_a_seller_that_does_now_this_now_that_has_no_such_habit(database):
    other = make_field("currency", "CHF")
    (seller,) = learn_all(database, make_invoice(10), make_invoice(11, currency=other)).sellers
    assert (seller.proofs, seller.currency, seller.decimal_sign) == (2, "", ",")


@pytest.mark.parametrize(
    ("value", "text", "order"),
    [
        (date(2026, 2, 14), "02/14/2026", "mdy"),
        (date(2026, 2, 14), "2026-02-14", "ymd"),
        (date(2026, 3, 4), "04.03.26", "dmy"),
        (date(2026, 3, 3), "03.03.2026", ""),
        (date(2026, 2, 14), "14. Februar 2026", ""),
    ],
)
def test_the_order_of_a_date_is_learned_where_it_shows(database, value, text, order):
    dated = make_field("issue_date", value, text=text)
    assert learn_all(database, make_invoice(10, issue_date=dated)).sellers[0].date_order == order


def test_a_lesson_of_a_transaction_that_fails_is_forgotten(database):
    def learn_and_fail():
        with database.begin() as session:
            learn(session, make_invoice(10))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        learn_and_fail()
    assert learn_all(database) == Memory()

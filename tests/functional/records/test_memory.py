"""What is remembered of sellers can be seen, and taken back."""

import json
from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.store.database.writer import open_database
from invoicewatch.store.memory.learning import learn
from invoicewatch.store.records.recall import find_records


@pytest.fixture
def taught(office):
    """Three invoices, each proved by a person, of two sellers."""
    for number, seller in enumerate(["Acme Ltd", "Acme Ltd", "Bäckerei Süß"]):
        values = {"seller_name": seller, "invoice_number": f"R-{number}", "currency": "EUR"}
        office.save(f"{number}.pdf", "text", {**values, "issue_date": date(2024, 3, 5), "total": Decimal("12.50")})
        office.run("set", str(number + 1), f"seller_name={seller}", "currency=EUR", f"invoice_number=R-{number}")
    return office


def lines(done):
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_sellers_are_listed_with_what_is_known_and_who_proved_it(taught):
    found = lines(taught.run("memory", "--json"))
    assert [(one["name"], one["proofs"], one["records"]) for one in found] == [
        ("Acme Ltd", 2, [1, 2]),
        ("Bäckerei Süß", 1, [3]),
    ]
    assert found[0]["number_pattern"] == "A-9"
    out = taught.run("memory", "acme").out
    assert "Acme Ltd" in out
    assert "2 invoices" in out
    assert "EUR, numbers like A-9" in out
    assert "Bäckerei" not in out


def test_a_seller_is_forgotten_and_its_invoices_stay(taught):
    assert taught.run("memory", "acme ltd", "--forget", "--yes").code == 0
    assert [one["name"] for one in lines(taught.run("memory", "--json"))] == ["Bäckerei Süß"]
    assert len(lines(taught.run("list", "--json"))) == 3


def test_what_is_read_later_teaches_anew(taught):
    taught.run("memory", "acme", "--forget", "--yes")
    database = open_database(taught.state)
    with database.begin() as session:
        number = lines(taught.run("list", "--json"))[-1]["id"]
        sha256 = session.connection().exec_driver_sql("SELECT sha256 FROM invoice WHERE id = ?", (number,)).scalar_one()
        learn(session, find_records(session, sha256)[0].invoice)
    database.close()
    assert lines(taught.run("memory", "acme", "--json"))[0]["proofs"] == 1


@pytest.mark.parametrize("arguments", [["--forget"], ["e", "--forget", "--yes"], ["nobody", "--forget", "--yes"]])
def test_only_one_named_seller_is_forgotten(taught, arguments):
    done = taught.run("memory", *arguments)
    assert done.code == 2
    assert "name one" in done.err
    assert len(lines(taught.run("memory", "--json"))) == 2


def test_nothing_is_remembered_at_first(office):
    office.save("a.pdf", "text", {"total": Decimal("1.00")})
    assert "nothing is remembered" in office.run("memory").out

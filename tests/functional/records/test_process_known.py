"""Files that are recorded already, given to `process` again; tiny e-invoices in XML need no engine."""

import json
import sqlite3
from contextlib import closing

import pytest

from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind


@pytest.fixture
def read(office):
    """The office with one e-invoice recorded; `again` gives what `process` says of it the next time."""
    file = office.folder / "1.xml"
    file.write_bytes(write_cii(make_spec(1, Kind.INVOICE, "DE")))
    office.config.write_text(office.config.read_text() + '[workers]\ncount = 1\n[correct]\nmode = "off"\n')
    office.again = lambda: json.loads(office.run("process", "--json", str(file)).out)
    office.first = office.again()
    assert office.first["status"] == "accepted"
    return office


def test_a_person_s_value_is_in_what_is_shown(read):
    read.run("set", "1", "total=7.77")
    again = read.again()
    assert (again["status"], again["fields"]["total"]["value"]) == ("duplicate", "7.77")


def test_what_failed_before_is_read_anew(read):
    with closing(sqlite3.connect(read.state / "invoicewatch.db")) as database:
        for table in ("run", "invoice"):
            database.execute(f"UPDATE {table} SET status = 'failed'")
        database.commit()
    assert read.again()["fields"]["total"] == read.first["fields"]["total"]
    assert json.loads(read.run("show", "--json", "1").out)["status"] == "accepted"

"""Real documents through real workers: two tiny e-invoices in XML need no engine."""

import json
import sqlite3

import pytest

from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind


@pytest.fixture
def read(office):
    """Two e-invoices, read once; then the database is made to remember them wrongly."""
    for seed in (1, 2):
        spec = make_spec(seed, Kind.INVOICE, "DE")
        (office.folder / f"{seed}.xml").write_bytes(write_cii(spec))
    office.config.write_text(office.config.read_text() + '[workers]\ncount = 1\n[correct]\nmode = "off"\n')
    done = office.run("process", str(office.folder / "1.xml"), str(office.folder / "2.xml"))
    assert done.code == 0, done.err
    connection = sqlite3.connect(office.state / "invoicewatch.db")
    connection.execute("UPDATE field SET value = '1.11', amount = 11100 WHERE name = 'total'")
    connection.execute("UPDATE run SET recorded = '2020-01-01T00:00:00.000000Z', engine = 'tesseract 4.1.0'")
    connection.commit()
    connection.close()
    return office


def lines(done):
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def total(office, number):
    return json.loads(office.run("show", "--json", str(number)).out)["fields"]["total"]


def test_a_new_run_shows_before_and_after_and_is_kept(read):
    (first,) = lines(read.run("reprocess", "1", "--json"))
    (change,) = [change for change in first["changes"] if change["name"] == "total"]
    assert change["before"] == "1.11"
    assert total(read, 1)["value"] == change["after"]
    assert json.loads(read.run("show", "--json", "1").out)["path"] == str(read.folder / "1.xml")


def test_a_dry_run_keeps_nothing(read):
    assert "total: 1.11 -> " in read.run("reprocess", "--all", "--dry-run").out
    assert total(read, 1)["value"] == "1.11"


def test_a_dry_run_leaves_the_links_between_scans(read):
    """The records differ in their totals, so a real run would take this link away."""
    database = sqlite3.connect(read.state / "invoicewatch.db")
    (one,), (two,) = database.execute("SELECT sha256 FROM invoice ORDER BY id").fetchall()
    database.execute("INSERT INTO near_duplicate VALUES (?, 0, ?, 0)", (two, one))
    database.commit()
    read.run("reprocess", "--all", "--dry-run")
    assert [(two, one)] == database.execute("SELECT sha256, other_sha256 FROM near_duplicate").fetchall()
    read.run("reprocess", "--all")
    assert [] == database.execute("SELECT sha256, other_sha256 FROM near_duplicate").fetchall()
    database.close()


def test_a_record_that_is_named_twice_is_read_once(read):
    assert [1] == [line["id"] for line in lines(read.run("reprocess", "1", "1", "--json"))]


def test_a_persons_value_survives(read):
    read.run("set", "1", "total=7.77")
    out = read.run("reprocess", "--all").out
    assert "(yours counts)" in out
    assert (total(read, 1)["value"], total(read, 1)["source"]) == ("7.77", "human")


def test_records_of_an_older_engine_are_chosen(read):
    assert lines(read.run("reprocess", "--engine-older-than", "4.0", "--json")) == []
    assert len(lines(read.run("reprocess", "--engine-older-than", "4.2", "--json"))) == 2


def test_a_stopped_run_is_taken_up_where_it_was(read):
    read.run("reprocess", "1")
    job = {"started": "2026-01-01T00:00:00.000000Z", "ids": [1, 2]}
    (read.state / "reprocess.json").write_text(json.dumps(job))
    assert [line["id"] for line in lines(read.run("reprocess", "--resume", "--json"))] == [2]
    assert not (read.state / "reprocess.json").exists()
    assert read.run("reprocess", "--resume").code == 2


def test_a_file_that_is_gone_is_named_and_the_others_are_read(read):
    (read.folder / "1.xml").unlink()
    done = read.run("reprocess", "--all", "--json")
    assert done.code == 1
    assert done.err.startswith("1: its file is gone")
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [2]
    assert total(read, 1)["value"] == "1.11"

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from invoicewatch.answers.export.formats import Format, export_records, guess_format
from invoicewatch.errors import ConfigError
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Query

EVERYTHING = Query((), Filters())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.XLSX", Format.XLSX), ("a.db", Format.SQLITE), ("a.json", Format.JSON), ("a", Format.CSV), ("a.b", Format.CSV)],
)
def test_a_files_name_asks_for_a_format(name, expected):
    assert expected == guess_format(Path(name))
    assert Format.CSV == guess_format(None)


def test_texts_go_to_a_stream_and_no_text_becomes_a_formula(shelf):
    shelf.save("a.pdf", seller_name="=1+1")
    out = io.StringIO()
    assert 1 == export_records(shelf.state, EVERYTHING, Format.CSV, out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert ("'=1+1", "12.50", "2024-03-05") == (row["seller_name"], row["total"], row["issue_date"])
    out = io.StringIO()
    export_records(shelf.state, EVERYTHING, Format.JSON, out)
    assert [("=1+1", "12.50")] == [(row["seller_name"], row["total"]) for row in json.loads(out.getvalue())]


def test_a_query_chooses_the_rows(shelf):
    shelf.save("a.pdf")
    shelf.save("b.pdf", seller_name="Other GmbH")
    out = io.StringIO()
    assert 1 == export_records(shelf.state, Query((), Filters(seller="other")), Format.CSV, out)
    assert "Acme" not in out.getvalue()


def test_a_workbook_and_a_database_hold_typed_values(shelf):
    shelf.save("a.pdf")
    book, table = shelf.folder / "a.xlsx", shelf.folder / "a.db"
    export_records(shelf.state, EVERYTHING, Format.XLSX, book)
    export_records(shelf.state, EVERYTHING, Format.SQLITE, table)
    head, row = load_workbook(book)["invoices"].iter_rows(values_only=True)
    values = dict(zip(head, row, strict=True))
    assert 12.5 == values["total"]
    assert date(2024, 3, 5) == values["issue_date"].date()
    connection = sqlite3.connect(table)
    assert [(12.5, "2024-03-05")] == connection.execute("SELECT total, issue_date FROM invoice").fetchall()
    connection.close()


def test_a_workbook_does_not_go_to_a_stream(shelf):
    with pytest.raises(ConfigError, match="xlsx is no text"):
        export_records(shelf.state, EVERYTHING, Format.XLSX, io.StringIO())


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(shelf):
    with pytest.raises(ConfigError, match="cannot write"):
        export_records(shelf.state, EVERYTHING, Format.CSV, shelf.folder / "none" / "a.csv")
    assert not (shelf.folder / "none").exists()

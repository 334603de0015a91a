import csv
import io
import json
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from invoicewatch.answers.export.formats import Format, export_records, guess_format
from invoicewatch.errors import ConfigError
from invoicewatch.records import InvoiceLine, Source
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


HOSE = InvoiceLine(
    "=Hose", Decimal("2.5"), "m", Decimal("5.0"), Decimal("12.50"), None, None, Source.OCR, verified=True
)


def test_lines_are_a_row_each_and_take_the_place_of_invoices_where_a_file_holds_one_table(shelf):
    shelf.save("a.pdf", lines=(HOSE, HOSE))
    out = io.StringIO()
    assert 1 == export_records(shelf.state, EVERYTHING, Format.CSV, out, lines=True)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [("1", "'=Hose", "2.5", "12.50"), ("2", "'=Hose", "2.5", "12.50")] == [
        (row["line"], row["description"], row["quantity"], row["net"]) for row in rows
    ]
    assert {("Acme Ltd", "2024-03-05", "true", "")} == {
        (row["seller_name"], row["issue_date"], row["verified"], row["gross"]) for row in rows
    }


def test_workbooks_and_databases_hold_invoices_and_lines(shelf):
    shelf.save("a.pdf", lines=(HOSE,))
    book, table = shelf.folder / "a.xlsx", shelf.folder / "a.db"
    export_records(shelf.state, EVERYTHING, Format.XLSX, book)
    export_records(shelf.state, EVERYTHING, Format.SQLITE, table)
    assert ["invoices", "lines"] == load_workbook(book).sheetnames
    head, row = load_workbook(book)["lines"].iter_rows(values_only=True)
    assert 2.5 == dict(zip(head, row, strict=True))["quantity"]
    connection = sqlite3.connect(table)
    assert [(1, 1, "=Hose", 12.5)] == connection.execute("SELECT id, line, description, net FROM line").fetchall()
    connection.close()


def test_parquet_holds_lines_exactly(shelf):
    pq = pytest.importorskip("pyarrow.parquet")
    shelf.save("a.pdf", lines=(HOSE,))
    export_records(shelf.state, EVERYTHING, Format.PARQUET, shelf.folder / "a.parquet", lines=True)
    (row,) = pq.read_table(shelf.folder / "a.parquet").to_pylist()
    assert (Decimal("2.5"), "=Hose", True) == (row["quantity"], row["description"], row["verified"])

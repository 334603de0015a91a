import csv
import io
import json
import sqlite3
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from invoicewatch.store.figures.flat_rows import COLUMNS

NAMES = [column.name for column in COLUMNS]
HOSTILE = '=HYPERLINK("http://evil")'


def test_the_schema_is_what_was_promised():
    assert NAMES == [
        "id", "document_type", "invoice_number", "issue_date", "due_date", "currency", "seller_name", "seller_vat_id",
        "buyer_name", "iban", "net_total", "tax_total", "total", "amount_due", "status", "verified", "pages",
        "file_name", "path", "inbox", "arrived", "sha256", "part", "first_page", "last_page",
        "seller_tax_number", "tax_inclusive_total", "rounding", "prepaid", "payment_reference", "doubtful_fields",
    ]  # fmt: skip


def test_csv_goes_to_standard_output(filled):
    rows = list(csv.DictReader(io.StringIO(filled.run("export").out)))
    assert [row["total"] for row in rows] == ["-5.00", "480.00", "1250.00"]
    assert rows[0]["seller_name"].startswith(f"'{HOSTILE}")
    assert list(rows[0]) == NAMES


def test_the_filters_of_search_apply(filled):
    for arguments in (["acme"], ["total:>500"], ["--seller", "acme"], ["widgetless", "--min", "1"]):
        rows = list(csv.DictReader(io.StringIO(filled.run("export", *arguments).out)))
        assert [row["id"] for row in rows] == ([] if "widgetless" in arguments else ["1"]), arguments


def test_json_is_an_array(filled):
    rows = json.loads(filled.run("export", "-f", "json").out)
    assert rows[2]["total"] == "1250.00"
    assert rows[2]["verified"] is True


def export(filled, name):
    path = filled.folder / name
    done = filled.run("export", "-o", str(path))
    assert done.code == 0, done.err
    return path


def test_excel_has_numbers_dates_and_no_formula(filled):
    sheet = openpyxl.load_workbook(export(filled, "out.xlsx"))["invoices"]
    rows = [dict(zip(NAMES, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    acme = rows[2]
    assert (acme["total"].value, acme["total"].data_type) == (1250, "n")
    assert acme["issue_date"].value.date() == date(2024, 3, 5)
    assert acme["issue_date"].is_date
    assert (rows[0]["seller_name"].data_type, rows[0]["invoice_number"].data_type) == ("s", "s")
    assert rows[0]["seller_name"].value.startswith(HOSTILE)


def test_sqlite_has_a_table_that_can_be_summed(filled):
    connection = sqlite3.connect(export(filled, "out.sqlite"))
    assert connection.execute("SELECT sum(total), max(issue_date) FROM invoice").fetchone() == (1725, "2024-03-05")
    connection.close()


def test_parquet_has_exact_decimals(filled):
    table = pq.read_table(export(filled, "out.parquet"))
    assert table.column_names == NAMES
    assert table.column("total").to_pylist() == [Decimal("-5.0000"), Decimal("480.0000"), Decimal("1250.0000")]
    assert table.column("issue_date").to_pylist()[2] == date(2024, 3, 5)


def test_what_a_person_entered_is_exported(filled):
    filled.run("set", "1", "total=12.50", "seller_name=Acme International")
    (row,) = csv.DictReader(io.StringIO(filled.run("export", "--seller", "acme").out))
    assert (row["total"], row["seller_name"]) == ("12.50", "Acme International")


def test_a_failed_export_leaves_no_file_behind(filled):
    done = filled.run("export", "-o", str(filled.folder / "no" / "out.csv"))
    assert done.code == 2
    assert "cannot write" in done.err
    assert not list(filled.folder.glob("**/*.part"))


def test_the_file_is_closed_to_others(filled):
    assert export(filled, "out.csv").stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("kind", ["xlsx", "sqlite", "parquet"])
def test_a_format_that_is_no_text_needs_a_file(filled, kind):
    done = filled.run("export", "-f", kind)
    assert (done.code, done.err.count("\n")) == (2, 1)

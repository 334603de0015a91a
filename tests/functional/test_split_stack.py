"""What a feeder scanned in one go becomes one record a document, by `process` and by the daemon."""

import json
import signal
import subprocess
import sys
import time

import pypdfium2 as pdfium
import pytest

from invoicewatch.samples.write import Form
from tests.functional.stacks import list_values, make_invoices, stack_pdf, stack_tiff

COMMAND = [sys.executable, "-m", "invoicewatch.cli.main"]
PAGES = [[1, 2], [4], [6, 7, 8]]
SETTINGS = """
[pages]
split = "blank"
[intake]
settle_s = 0.2
[workers]
count = 1
[correct]
mode = "off"
"""


@pytest.fixture
def office(tmp_path):
    """A configuration that splits, and its folders."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "config.toml").write_text(SETTINGS)
    return tmp_path


def run(office, *words):
    command = [*COMMAND, "--config", office / "config.toml", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def read_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_process_gives_one_line_a_document_of_a_bad_scan(office):
    invoices = make_invoices(3, Form.TIFF, grade=2)
    (office / "stack.tiff").write_bytes(stack_tiff(invoices, grade=2))
    parts = read_lines(run(office, "process", "--json", "--no-store", office / "stack.tiff"))

    assert [part["part"]["pages"] for part in parts] == PAGES
    assert [part["fields"]["total"]["value"] for part in parts] == list_values(invoices, "total")
    assert [part["fields"]["total"]["page"] in part["part"]["pages"] for part in parts] == [True, True, True]
    assert [len(part["page_sizes"]) for part in parts] == [2, 1, 3]
    assert "blank or separator pages of the file, in no part: 3, 5" in parts[0]["notes"]


def test_without_the_setting_a_stack_is_one_record_that_goes_to_review(office):
    (office / "stack.pdf").write_bytes(stack_pdf(make_invoices(3, Form.TEXT_PDF, grade=0)))
    (office / "config.toml").write_text(SETTINGS.replace('split = "blank"', ""))
    (record,) = read_lines(run(office, "process", "--json", "--no-store", office / "stack.pdf"))

    assert "part" not in record
    assert (record["status"], len(record["page_sizes"])) == ("needs_review", 8)
    assert any("several invoices" in reason for reason in record["reasons"]), record["reasons"]


def test_a_file_of_blank_pages_is_recorded_once_and_goes_to_review(office):
    empty = pdfium.PdfDocument.new()
    empty.new_page(595, 842)
    empty.new_page(595, 842)
    empty.save(office / "empty.pdf")
    (record,) = read_lines(run(office, "process", "--json", office / "empty.pdf"))

    assert (record["status"], record["reasons"]) == ("needs_review", ["every page is blank"])
    assert len(record["page_sizes"]) == 2
    assert len(read_lines(run(office, "list", "--json"))) == 1


def test_the_daemon_records_each_document_and_every_command_knows_them(office):
    invoices = make_invoices(3, Form.TEXT_PDF, grade=0)
    (office / "inbox" / "stack.pdf").write_bytes(stack_pdf(invoices))
    run_daemon(office)
    listed = sorted(read_lines(run(office, "list", "--json")), key=lambda each: each["id"])
    totals, numbers = list_values(invoices, "total"), list_values(invoices, "invoice_number")

    assert [each["part"]["pages"] for each in listed] == PAGES
    assert [each["total"] for each in listed] == totals
    (stored,) = (office / "archive").rglob("*.pdf")
    assert {each["stored_path"] for each in listed} == {str(stored)}
    found = read_lines(run(office, "search", "--json", numbers[1]))
    assert listed[1]["id"] in [each["id"] for each in found]
    shown = json.loads(run(office, "show", "--json", str(listed[2]["id"])))
    assert shown["part"] == {"number": 3, "of": 3, "first_page": 6, "last_page": 8, "pages": [6, 7, 8]}
    assert "3 of 3 in this file: pages 6 to 8" in run(office, "show", str(listed[2]["id"]))
    exported = json.loads(run(office, "export", "-f", "json"))
    assert sorted((row["part"], row["first_page"], row["last_page"]) for row in exported) == [
        (1, 1, 2),
        (2, 4, 4),
        (3, 6, 8),
    ]
    again = read_lines(run(office, "process", "--json", stored))
    assert [(each["status"], each["part"]["pages"]) for each in again] == [("duplicate", pages) for pages in PAGES]
    changes = read_lines(run(office, "reprocess", "--json", str(listed[0]["id"])))
    assert [each["id"] for each in changes] == [each["id"] for each in listed]
    run(office, "set", str(listed[1]["id"]), "seller_name=Muster GmbH")
    run(office, "check", "--content")
    run(office, "forget", "--yes", str(listed[0]["id"]))
    assert stored.exists()
    run(office, "forget", "--yes", "--whole-file", str(listed[1]["id"]))
    assert not stored.exists()
    assert run(office, "list", "--json") == ""


def run_daemon(office, timeout_s=180.0):
    """Run the daemon until everything is filed."""
    with (office / "log").open("ab") as log:
        daemon = subprocess.Popen(
            [*COMMAND, "--config", office / "config.toml", "run"], stdout=log, stderr=log, cwd=office
        )
    try:
        end_s = time.monotonic() + timeout_s
        while not any((office / "archive").rglob("*.pdf")):
            assert time.monotonic() < end_s, (office / "log").read_text()[-4000:]
            time.sleep(0.1)
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(30) == 0
    finally:
        daemon.kill()
        daemon.wait()

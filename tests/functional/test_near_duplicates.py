"""The same invoice from another scan, through the real road: flagged, linked, not merged."""

import json
import subprocess
import sys

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample

COMMAND = [sys.executable, "-m", "invoicewatch.cli.main"]


def test_another_scan_of_a_recorded_invoice_goes_to_review_and_names_it(tmp_path):
    (tmp_path / "config.toml").write_text('[workers]\ncount = 1\n[correct]\nmode = "off"\n')

    def run(*words):
        command = [*COMMAND, "--config", tmp_path / "config.toml", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    for name, form, grade in (("born.pdf", Form.TEXT_PDF, 0), ("scan.tiff", Form.TIFF, 1)):
        (tmp_path / name).write_bytes(make_sample(2, Kind.INVOICE, form, grade).content)
    (first,) = run("process", "--json", tmp_path / "born.pdf")
    (second,) = run("process", "--json", tmp_path / "scan.tiff")

    assert first["status"] == "accepted"
    assert second["status"] == "needs_review"
    assert "looks like another scan of #1: same seller, number and total" in second["reasons"]
    assert [run("show", "--json", number)[0]["near_duplicates"] for number in ("1", "2")] == [[2], [1]]

"""A scanned invoice with a GiroCode, through the whole command: the code fills, proves and contradicts."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image

from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import Sheet, Text
from tests.environment import make_environment

COMMAND = Path(sys.executable).with_name("invoicewatch")
CONFIG = """
[ocr]
languages = ["eng"]
[correct]
mode = "off"
"""
IBAN = "DE02120300000000202051"
DPI = 200
ROWS = (
    (60, 80, "Lindenhof Papier GmbH", 14),
    (60, 150, "Invoice number: 2024-4711", 10),
    (60, 170, "Invoice date: 5 March 2024", 10),
    (60, 300, "Net amount", 10),
    (450, 300, "1,000.00 EUR", 10),
    (60, 320, "VAT 25%", 10),
    (450, 320, "250.00 EUR", 10),
    (60, 340, "Total", 10),
    (450, 340, "1,250.00 EUR", 10),
)


@pytest.fixture(scope="module")
def face():
    """A typeface of the samples."""
    from invoicewatch.samples.invent.document import make_spec
    from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout

    spec = make_spec(1)
    return next(mark.face for mark in LAYOUTS[choose_layout(spec)].draw(spec)[0].marks if isinstance(mark, Text))


@pytest.fixture(scope="module")
def process(tmp_path_factory, face):
    """The record of the invoice with a code that asks for an amount; its IBAN is too faint to be read."""
    home = tmp_path_factory.mktemp("codes")
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")

    def run(amount):
        marks = [Text(x, y, text, face, size) for x, y, text, size in ROWS]
        faint = Text(60, 700, "IBAN DE02 1203 0000 0000 2020 51", face, 5, 245)
        page = np.array(render_picture(Sheet(595.0, 842.0, (*marks, faint)), DPI), dtype=np.uint8)
        text = "\n".join(
            ["BCD", "002", "1", "SCT", "", "Lindenhof Papier GmbH", IBAN, f"EUR{amount}", "", "", "2024-4711"]
        )
        buffer = io.BytesIO()
        segno.make_qr(text, error="m").save(buffer, kind="png", scale=5, border=4)
        code = np.asarray(Image.open(buffer).convert("L"))
        page[1500 : 1500 + code.shape[0], 200 : 200 + code.shape[1]] = code
        Image.fromarray(page).save(home / f"{amount}.png", dpi=(DPI, DPI))
        command = [COMMAND, "--config", home / "config.toml", "process", "--json", "--no-store", home / f"{amount}.png"]
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=240, env=make_environment(home), check=False
        )
        assert result.returncode == 0, result.stderr + result.stdout
        return json.loads(result.stdout)

    return run


@pytest.fixture(scope="module")
def agreed(process):
    return process("1250.00")


def test_an_account_that_cannot_be_read_is_the_code_s(agreed):
    assert "1203" not in agreed["raw_text"]
    iban = agreed["fields"]["iban"]
    assert (IBAN, "code", True, 1) == (iban["value"], iban["source"], iban["verified"], iban["page"])
    assert 200 / 1654 <= iban["box"][0] < iban["box"][2] < 600 / 1654
    assert agreed["fields"]["payment_reference"]["value"] == "2024-4711"


def test_a_total_that_page_and_code_state_is_proved_where_the_page_shows_it(agreed):
    total = agreed["fields"]["total"]
    assert ("1250.00", "ocr", True) == (total["value"], total["source"], total["verified"])
    assert total["box"][1] < 0.5
    assert agreed["fields"]["amount_due"]["source"] == "code"
    assert not any("code" in reason for reason in agreed["reasons"])


def test_the_record_keeps_the_code(agreed):
    (code,) = agreed["codes"]
    assert ("EPC069-12", "", "QRCode") == (code["taken_for"], code["fault"], code["format"])
    assert code["text"].startswith("BCD\n002")


def test_another_amount_in_the_code_is_told_with_both_values(process):
    record = process("1520.00")
    assert record["status"] == "needs_review"
    (reason,) = [reason for reason in record["reasons"] if "code" in reason]
    assert "1520.00" in reason
    assert "1250.00" in reason
    assert not record["fields"]["total"]["verified"]

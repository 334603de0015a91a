"""The whole road with the real engines and the real model, on samples whose truth is known.

The floors are well below what the program reaches, so that they break when a stage breaks and not when a font changes;
how good it is exactly, ``benchmarks/`` measures.
"""

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from tests.environment import make_environment

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("invoicewatch")
MODEL = ROOT / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
SCANS = [
    make_sample(101, Kind.RECEIPT, Form.JPEG, 1),
    make_sample(104, Kind.RECEIPT, Form.PNG, 2),
    make_sample(109, Kind.RECEIPT, Form.SCANNED_PDF, 1),
    make_sample(211, Kind.INVOICE, Form.PNG, 0),
    make_sample(214, Kind.INVOICE, Form.TIFF, 1),
    make_sample(219, Kind.INVOICE, Form.SCANNED_PDF, 1),
]
DIGITAL = [
    make_sample(301, Kind.INVOICE, Form.TEXT_PDF),
    make_sample(302, Kind.INVOICE, Form.FACTURX),
    make_sample(303, Kind.INVOICE, Form.CII),
    make_sample(304, Kind.CREDIT_NOTE, Form.UBL),
]
MONEY = ("total", "net_total", "tax_total", "amount_due")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """The record of every sample by its file name, all made in one run."""
    if not MODEL.exists():
        pytest.skip(f"{MODEL.name} is missing: run `make setup` or `invoicewatch model fetch`")
    home = tmp_path_factory.mktemp("road")
    (home / "config.toml").write_text(f'[model]\npath = "{MODEL}"\n[workers]\ncount = 1\n', encoding="utf-8")
    folder = home / "scans"
    folder.mkdir()
    for sample in (*SCANS, *DIGITAL):
        (folder / sample.name).write_bytes(sample.content)
    command = [COMMAND, "--config", home / "config.toml", "process", "--json", "--no-store", folder]
    env = make_environment(home)
    result = subprocess.run(command, capture_output=True, text=True, timeout=280, env=env, check=False)
    assert result.returncode == 0, result.stderr
    return {Path(line["path"]).name: line for line in map(json.loads, result.stdout.splitlines())}


def is_right(name, truth, claim):
    if claim is None:
        return False
    return Decimal(truth) == Decimal(claim["value"]) if name in MONEY else truth == claim["value"]


def count_right(records, samples, name):
    asked = [sample for sample in samples if sample.truth["fields"][name] is not None]
    right = [is_right(name, each.truth["fields"][name], records[each.name]["fields"][name]) for each in asked]
    return sum(right), len(asked)


def test_every_sample_has_a_record(records):
    assert set(records) == {sample.name for sample in (*SCANS, *DIGITAL)}
    assert {record["error"] is None for record in records.values()} == {True}


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_what_matters_most_is_read_off_scans(records, name):
    right, asked = count_right(records, SCANS, name)
    assert right >= asked - 1


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_no_verified_field_of_a_scan_is_wrong(records, name):
    wrong = [
        (sample.name, claim["value"], sample.truth["fields"][name])
        for sample in SCANS
        if (claim := records[sample.name]["fields"][name])
        and claim["verified"]
        and not is_right(name, sample.truth["fields"][name], claim)
    ]
    assert wrong == []


def test_an_accepted_scan_is_right(records):
    accepted = [sample for sample in SCANS if records[sample.name]["status"] == "accepted"]
    assert accepted
    for sample in accepted:
        for name in ("total", "issue_date"):
            assert is_right(name, sample.truth["fields"][name], records[sample.name]["fields"][name]), sample.name


@pytest.mark.parametrize("sample", SCANS, ids=lambda sample: sample.name)
def test_most_words_are_read(records, sample):
    truth = Counter(word.casefold() for word in sample.truth["words"])
    read = Counter(records[sample.name]["raw_text"].casefold().split())
    assert (truth & read).total() / truth.total() > 0.6


@pytest.mark.parametrize("sample", SCANS, ids=lambda sample: sample.name)
def test_a_scan_is_read_by_engines_and_mended_by_the_model(records, sample):
    record = records[sample.name]
    assert record["engine"].startswith("tesseract")
    assert record["model"] == MODEL.name
    assert record["enhanced_text"] is not None
    assert record["fields"]["total"]["source"] in {"ocr", "corrected"}


@pytest.mark.parametrize("sample", SCANS, ids=lambda sample: sample.name)
def test_no_edit_adds_or_drops_a_line(records, sample):
    record = records[sample.name]
    assert len(record["enhanced_text"].splitlines()) == len(record["raw_text"].splitlines())


@pytest.mark.parametrize("name", ["total", "issue_date", "currency", "invoice_number"])
def test_digital_documents_are_read_without_a_mistake(records, name):
    right, asked = count_right(records, DIGITAL, name)
    assert right == asked


@pytest.mark.parametrize("sample", DIGITAL, ids=lambda sample: sample.name)
def test_digital_text_is_never_corrected(records, sample):
    record = records[sample.name]
    assert record["edits"] == []
    assert record["enhanced_text"] is None
    assert record["model"] is None


@pytest.mark.parametrize("sample", DIGITAL[1:], ids=lambda sample: sample.name)
def test_an_e_invoice_is_believed_and_proved(records, sample):
    for name in ("total", "issue_date", "net_total", "tax_total", "seller_name", "amount_due"):
        field = records[sample.name]["fields"][name]
        assert field["source"] == "e-invoice", name
        assert field["verified"], name
        if name in MONEY:
            assert is_right(name, sample.truth["fields"][name], field), name

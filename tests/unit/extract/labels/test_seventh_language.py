"""A language more is one file more, and no line of Python."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import invoicewatch

FINNISH = """
[language]
name = "Finnish"
precedence = 70
date_order = "dmy"
decimal_sign = ","

[amounts]
payable = ["maksettava (yhteensä|)"]
net = ["veroton hinta"]
tax = ["alv", "arvonlisävero"]

[dates]
issue = ["laskun (päiväys|päivämäärä)"]

[kinds]
invoice = ["lasku"]

[months]
1 = ["tammikuuta"]
2 = ["helmikuuta"]
3 = ["maaliskuuta"]
4 = ["huhtikuuta"]
5 = ["toukokuuta"]
6 = ["kesäkuuta"]
7 = ["heinäkuuta"]
8 = ["elokuuta"]
9 = ["syyskuuta"]
10 = ["lokakuuta"]
11 = ["marraskuuta"]
12 = ["joulukuuta"]

[legal_forms]
capitals = ["Ky"]

[addresses]
street_ending = ["katu"]
"""
INVOICE = """
Havukan Ikkunat Ky
Kauppakatu 7


Lasku

Laskun päiväys:   3. maaliskuuta 2025

Ikkuna                                   240,00
Ovi                                       10,00
Veroton hinta                            200,00
Alv                                       50,00
Maksettava yhteensä                      250,00
"""
# Runs in a process of its own, because a process reads the languages once.
READ = """
import json, pickle, sys
from datetime import date
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.parties.lines import is_address_like
from invoicewatch.records import ExtractContext, Memory, format_value
reading = pickle.load(sys.stdin.buffer)
context = ExtractContext((reading,), {}, Memory(), date(2026, 3, 1))
fields = find_fields(context, load_extractors(ExtractSettings()))
found = {name: field and [format_value(field.value), field.method] for name, field in fields.items()}
found["form"] = find_legal_form("Havukan Ikkunat Ky") is not None
found["street"] = is_address_like("Kauppakatu 7")
print(json.dumps(found))
"""


@pytest.fixture
def read(draw, tmp_path):
    """What the program finds on the invoice, once a file was added to its languages."""
    package = tmp_path / "invoicewatch"
    shutil.copytree(Path(invoicewatch.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))

    def read(added):
        for name, text in added.items():
            (package / "extract" / "labels" / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", READ],
            input=pickle.dumps(draw(INVOICE)),
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        return json.loads(done.stdout)

    return read


def test_one_file_teaches_a_seventh_language(read):
    found = read({"fi.toml": FINNISH})
    assert "250.00" == found["total"][0]
    assert "maksettava yhteensä" in found["total"][1]
    assert "2025-03-03" == found["issue_date"][0]
    assert "laskun päiväys" in found["issue_date"][1]
    assert "invoice" == found["document_type"][0]
    assert "Havukan Ikkunat Ky" == found["seller_name"][0]
    assert found["form"]
    assert found["street"]


def test_a_broken_file_stops_the_program(read):
    with pytest.raises(subprocess.CalledProcessError) as failed:
        read({"fi.toml": FINNISH.replace("payable", "payible")})
    assert b"labels/fi.toml: [amounts] payible is an unknown role" in failed.value.stderr


def test_without_the_file_nothing_of_it_is_known(read):
    found = read({})
    assert found["issue_date"] is None
    assert "maksettava" not in str(found["total"])
    assert "invoice" != found["document_type"][0]
    assert not found["form"]
    assert not found["street"]

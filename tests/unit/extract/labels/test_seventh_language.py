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

ESTONIAN = """
[language]
name = "Estonian"
precedence = 70
date_order = "dmy"
decimal_sign = ","
tesseract = "est"
currency = "EUR"

[amounts]
payable = ["tasuda (kokku|)"]
net = ["hind käibemaksuta"]
tax = ["km", "käibemaks"]

[dates]
issue = ["arve (kuupäev|kuupäevaga)"]

[kinds]
invoice = ["arve"]

[months]
1 = ["jaanuar"]
2 = ["veebruar"]
3 = ["märts"]
4 = ["aprill"]
5 = ["mai"]
6 = ["juuni"]
7 = ["juuli"]
8 = ["august"]
9 = ["september"]
10 = ["oktoober"]
11 = ["november"]
12 = ["detsember"]

[legal_forms]
capitals = ["OÜ"]

[addresses]
street_ending = ["tänav"]
street_word = ["tänav"]

[registration]
hint = ["registrikood"]

[date_words]
hour = ["kell"]
weekday = ["esmaspäev"]
"""
INVOICE = """
Havukan Aknad OÜ
Kaubatänav 7
Rataskaev Tornitänav


Arve

Arve kuupäev:     3. veebruar 2025

Aken                                     240,00
Uks                                       10,00
Hind käibemaksuta                        200,00
Km                                        50,00
Tasuda kokku                             250,00
"""
# Runs in a process of its own, because a process reads the languages once.
READ = """
import json, pickle, sys
from datetime import date
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.parties.names.find import find_candidates
from invoicewatch.extract.parties.names.lines import is_address_like
from invoicewatch.extract.parties.ranking.wordmarks import mark_words
from invoicewatch.records import ExtractContext, Memory, format_value
reading = pickle.load(sys.stdin.buffer)
context = ExtractContext((reading,), {}, Memory(), date(2026, 3, 1))
fields = find_fields(context, load_extractors(ExtractSettings()))
found = {name: field and [format_value(field.value), field.method] for name, field in fields.items()}
found["form"] = find_legal_form("Havukan Aknad OÜ") is not None
found["street"] = is_address_like("Kaubatänav 7")
found["registered"] = mark_words("Registrikood 10")["registered"] > 0
found["hours"] = [mark_words(text)["hours"] for text in ("Avatud 9 kell", "Esmaspäev suletud")]
found["cut"] = [each.text for each in find_candidates(view_page(reading), ())]
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


def test_one_file_teaches_a_language_more(read):
    found = read({"et.toml": ESTONIAN})
    assert "250.00" == found["total"][0]
    assert "tasuda kokku" in found["total"][1]
    assert "2025-02-03" == found["issue_date"][0]
    assert "arve kuupäev" in found["issue_date"][1]
    assert "invoice" == found["document_type"][0]
    assert "Havukan Aknad OÜ" == found["seller_name"][0]
    assert found["form"]
    assert found["street"]
    assert found["registered"]
    assert [1.0, 1.0] == found["hours"]
    assert "Rataskaev" in found["cut"]


def test_a_broken_file_stops_the_program(read):
    with pytest.raises(subprocess.CalledProcessError) as failed:
        read({"et.toml": ESTONIAN.replace("payable", "payible")})
    assert b"labels/et.toml: [amounts] payible is an unknown role" in failed.value.stderr


def test_without_the_file_nothing_of_it_is_known(read):
    found = read({})
    assert found["issue_date"] is None
    assert "tasuda" not in str(found["total"])
    assert "invoice" != found["document_type"][0]
    assert not found["form"]
    assert not found["street"]
    assert not found["registered"]
    assert [0.0, 0.0] == found["hours"]
    assert "Rataskaev" not in found["cut"]

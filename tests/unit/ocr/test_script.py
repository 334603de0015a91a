"""A page in a script that nobody reads is told from a poor one, and a Latin page never called foreign."""

import pytest

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.ocr.script import ScriptGuard, find_foreign_script
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.program import Orientation
from invoicewatch.records import Box, Line, Reading, Word

GIBBERISH = "CyeT Ha onnaty NocTaBuywk O6uyecTBO Nokynatenb npegnpuHumatenb KonuuectBo"


def make_reading(text, confidence):
    words = tuple(Word(word, Box(0, 0, 0.1, 0.1), confidence, "tesseract") for word in text.split())
    return Reading(3, (Line(words),) if words else (), "tesseract")


@pytest.fixture
def see(monkeypatch):
    """Has Tesseract see a script on every page, and installs languages."""

    def see(script, script_confidence, upright, installed=("eng", "osd")):
        seen = Orientation(0, upright, script, script_confidence)
        monkeypatch.setattr(tesseract_program, "read_orientation", lambda image, dpi, timeout_s: seen)
        monkeypatch.setattr(tesseract_program, "list_languages", lambda: installed)

    return see


@pytest.mark.parametrize(
    ("script", "script_confidence", "upright", "found"),
    [
        ("Cyrillic", 1.37, 23.9, "Cyrillic"),
        ("Hebrew", 10.6, 14.4, "Hebrew"),
        ("Thai", 9.0, 6.0, "Thai"),
        ("Cyrillic", 3.12, 7.1, ""),  # a Latin receipt on thin paper
        ("Cyrillic", 0.08, 10.1, ""),
        ("Latin", 10.8, 12.5, ""),
        ("Fraktur", 10.8, 22.5, ""),
    ],
)
def test_a_script_is_believed_where_tesseract_is_sure(blank_page, see, script, script_confidence, upright, found):
    see(script, script_confidence, upright)
    assert found == find_foreign_script(blank_page, make_reading(GIBBERISH, 40.0))


@pytest.mark.parametrize(
    ("text", "confidence"),
    [(GIBBERISH, 95.0), ("", 0.0), ("Rechnung vom 3 Betrag inkl MwSt zur Zahlung wir und 1l|ll", 40.0)],
)
def test_clear_empty_and_latin_readings_are_not_looked_at(blank_page, monkeypatch, text, confidence):
    monkeypatch.delattr(tesseract_program, "read_orientation")
    assert not find_foreign_script(blank_page, make_reading(text, confidence))


@pytest.mark.parametrize("error", [DependencyError("no osd data"), TransientError("too few characters")])
def test_where_it_cannot_be_told_nothing_is_said(blank_page, monkeypatch, error):
    def fail(image, dpi, timeout_s):
        raise error

    monkeypatch.setattr(tesseract_program, "read_orientation", fail)
    assert not find_foreign_script(blank_page, make_reading(GIBBERISH, 40.0))


@pytest.mark.parametrize(
    ("languages", "installed", "says"),
    [
        (["eng"], ("eng",), "install tesseract-ocr-tha and add"),
        (["eng"], ("eng", "tha"), "add tha to languages"),
        (["eng", "tha"], ("eng", "tha"), ""),
        (["auto"], ("eng", "tha"), ""),
        (["auto"], ("eng",), "page 3 is in Thai"),
    ],
)
def test_it_says_what_to_install_or_to_add(blank_page, see, languages, installed, says):
    see("Thai", 9.0, 20.0, installed)
    explained = ScriptGuard(languages).explain(blank_page, make_reading(GIBBERISH, 40.0))
    assert says in explained
    assert bool(says) is bool(explained)


def test_what_another_engine_reads_is_left_to_it(blank_page, see):
    see("Han", 9.0, 20.0)
    assert "tesseract-ocr-chi-sim or" in ScriptGuard(["eng"]).explain(blank_page, make_reading(GIBBERISH, 40.0))
    assert not ScriptGuard(["eng"], ["Han"]).explain(blank_page, make_reading(GIBBERISH, 40.0))

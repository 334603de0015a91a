"""The doctor names the data with which the languages of labels are read better."""

from invoicewatch.answers.health.check import Verdict
from invoicewatch.answers.health.tesseract import check_label_languages
from invoicewatch.config import Config, OcrSettings
from invoicewatch.extract.labels.load import load_languages


def check(installed, *languages):
    return check_label_languages(Config(ocr=OcrSettings(languages=languages)), installed)


def test_missing_packages_are_named_with_their_languages_and_are_no_fault():
    found = check(["deu", "eng", "swe"], "eng", "deu")
    assert Verdict.OK is found.verdict
    assert "Finnish (tesseract-ocr-fin)" in found.detail
    assert "tesseract-ocr-swe" not in found.detail
    assert "German" not in found.detail


def test_data_that_lies_idle_is_named():
    assert "once in languages of [ocr]: Swedish (swe)" in check(["eng", "swe"], "eng").detail
    assert "Swedish" not in check(["eng", "swe"], "auto").detail


def test_with_all_data_in_use_there_is_nothing_to_say():
    everything = [language.tesseract for language in load_languages()]
    assert f"labels in {len(everything)} languages" == check(everything, *everything).detail

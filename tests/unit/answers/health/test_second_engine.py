from invoicewatch.answers.health.check import Verdict
from invoicewatch.answers.health.second_engine import check_second_opinion
from invoicewatch.config import OcrSettings
from invoicewatch.ocr.rapid import models as rapid_models


def test_a_missing_engine_is_a_warning_with_its_remedy(monkeypatch):
    monkeypatch.setattr(rapid_models, "find_spec", lambda _name: None)
    check = check_second_opinion(OcrSettings())
    assert check.verdict is Verdict.WARNING
    assert "RapidOCR is not installed" in check.detail
    assert "Install the package rapidocr" in check.remedy

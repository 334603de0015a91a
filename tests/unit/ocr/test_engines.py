from importlib.metadata import EntryPoint

import pytest

from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.ocr import engines
from invoicewatch.ocr.rapid import models as rapid_models


def test_both_engines_are_found_by_name():
    assert {"tesseract", "rapidocr"} <= set(engines.list_engines())
    assert engines.load_engine("tesseract", OcrSettings()).name == "tesseract"


def test_an_unknown_name_is_a_configuration_error_that_names_the_known():
    with pytest.raises(ConfigError) as caught:
        engines.load_engine("crystal-ball", OcrSettings())
    assert "crystal-ball" in caught.value.message
    assert "tesseract" in caught.value.remedy


def test_an_engine_whose_package_is_missing_is_a_dependency_error(monkeypatch):
    entry = EntryPoint("broken", "package_that_is_not_there:Engine", engines.GROUP)
    monkeypatch.setattr(engines, "entry_points", lambda group, name: [entry])
    with pytest.raises(DependencyError, match="broken") as caught:
        engines.load_engine("broken", OcrSettings())
    assert "package_that_is_not_there" in caught.value.remedy


@pytest.mark.parametrize("missing", [{"rapidocr"}, {"openvino", "onnxruntime"}])
def test_rapidocr_without_its_packages_is_missed_when_it_is_built_and_not_when_it_reads(monkeypatch, missing):
    def find_spec(name):
        return None if name in missing else object()

    monkeypatch.setattr(rapid_models, "find_spec", find_spec)
    with pytest.raises(DependencyError) as caught:
        engines.load_engine("rapidocr", OcrSettings())
    assert 'second_opinion = "none"' in caught.value.remedy

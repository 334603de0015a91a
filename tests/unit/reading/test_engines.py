"""The first engine must be there; the second may be absent."""

import pytest

from invoicewatch.config import OcrSettings
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.ocr.tesseract import engine as tesseract
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.reading.engines import Engines, load_engines
from tests.unit.reading.doubles import PlainEngine, make_page


def test_a_second_engine_that_is_missing_costs_its_opinion_alone(monkeypatch):
    def find_version():
        raise DependencyError("Tesseract is not installed")

    monkeypatch.setattr(tesseract_program, "find_version", find_version)
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)

    engines = load_engines(OcrSettings(engine="rapidocr", second_opinion="tesseract"))

    assert engines.second is None
    assert "absent: Tesseract is not installed" == engines.second_state


def test_a_second_engine_that_does_not_exist_is_refused():
    with pytest.raises(ConfigError, match="no-such"):
        load_engines(OcrSettings(second_opinion="no-such-engine"))


@pytest.mark.parametrize("name", ["none", "rapidocr"])
def test_an_engine_gives_itself_no_second_opinion(name):
    engines = load_engines(OcrSettings(engine="rapidocr", second_opinion=name))

    assert engines.second is None
    assert "none" == engines.second_state


def test_closing_frees_both():
    first, second = PlainEngine("first"), PlainEngine("second")
    for engine in (first, second):
        engine.read(make_page())

    Engines(first, second, second.version).close()

    assert [[], []] == [first.read_pages, second.read_pages]


def test_only_engines_that_can_are_loaded_ahead():
    begun = []

    class SlowEngine(PlainEngine):
        def warm(self):
            begun.append(self)

    slow = SlowEngine()
    Engines(PlainEngine(), slow, "slow").warm()
    assert begun == [slow]
    Engines(PlainEngine(), None, "none").warm()


def test_only_engines_that_can_read_with_several_threads():
    class WideEngine(PlainEngine):
        threads = 1

        def use_threads(self, count):
            self.threads = count

    wide = WideEngine()
    Engines(PlainEngine(), wide, "wide").use_threads(3)
    assert 3 == wide.threads
    Engines(PlainEngine(), None, "none").use_threads(3)

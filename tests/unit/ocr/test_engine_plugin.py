"""The third engine of docs/plugins.md, installed as a distribution of its own."""

import re
from pathlib import Path

import pytest

from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import ConfigError
from invoicewatch.ocr.engines import list_engines, load_engine
from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.records import Page

_GUIDE = Path(__file__).parents[3] / "docs" / "plugins.md"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The example as an installed distribution: what a reader copies is what is tested."""
    section = _GUIDE.read_text(encoding="utf-8").partition("## A third OCR engine")[2]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    entry_point = re.search(r"^bars = \"(.*)\"$", section, re.MULTILINE)
    assert code is not None
    assert entry_point is not None
    (tmp_path / "barcode_engine.py").write_text(code[1], encoding="utf-8")
    metadata = tmp_path / "acme_bars-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-bars\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[invoicewatch.engines]\nbars = {entry_point[1]}\n")
    monkeypatch.syspath_prepend(str(tmp_path))


def draw_bars(page):
    image = page.image.copy()
    image[:, 40:60] = 0
    image[:, 100:130] = 0
    return Page(1, image, page.size, page.to_upright)


@pytest.mark.usefixtures("installed")
def test_a_third_engine_is_found_by_its_entry_point_and_reads(blank_page):
    assert "bars" in list_engines()
    engine = load_engine("bars", OcrSettings())
    reading = engine.read(draw_bars(blank_page))
    assert reading.text == "20 30"
    assert reading.words[1].box == pytest.approx((0.25, 0, 0.325, 1))
    assert engine.read(blank_page).lines == ()


@pytest.mark.usefixtures("installed")
def test_its_reading_fuses_with_another_engines(blank_page, make_word, make_reading):
    bars = load_engine("bars", OcrSettings()).read(draw_bars(blank_page))
    fused = fuse_readings(make_reading(make_word("Total", 0.6, 0.5), engine="tesseract 5"), bars)
    assert {"Total", "20", "30"} == {word.text for word in fused.words}
    assert fused.engine == "tesseract 5 + bars 1.0"


def test_without_the_package_its_name_is_unknown():
    with pytest.raises(ConfigError, match="bars"):
        load_engine("bars", OcrSettings())
    assert "bars" not in list_engines()

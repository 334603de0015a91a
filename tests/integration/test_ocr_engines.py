"""Both engines on real print: what they read, where, and what they say when they cannot."""

import os
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.extract.proof.reading import measure_repeats
from invoicewatch.ocr.engines import check_languages, load_engine
from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.ocr.orientation import find_quarter_turns
from invoicewatch.ocr.tesseract.engine import TesseractEngine
from invoicewatch.ocr.tesseract.library import TesseractLibrary, is_installed
from invoicewatch.pages.prepare.bars import lighten_bars
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.records import Page, PageSize, Transform

LINES = (
    "Invoice 4711 of 3 March 2026",
    "Consulting for the spring fair 1,200.00",
    "Value added tax 228.00",
    "Total due 1,428.00",
)
ENGINES = ("tesseract", "rapidocr")


def print_page(*lines, size=34):
    image = Image.new("L", (1000, 70 * (len(lines) + 2)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=size)
    for n, line in enumerate(lines, 1):
        draw.text((60, 70 * n), line, font=font, fill=0)
    pixels = np.array(image)
    height, width = pixels.shape
    return Page(1, pixels, PageSize(width, height, 200), Transform.scale(width, height))


@pytest.fixture(scope="module")
def engines():
    built = {name: load_engine(name, OcrSettings(languages=("eng",))) for name in ENGINES}
    yield built
    for engine in built.values():
        engine.close()


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("ground", [20, 110])
def test_white_words_on_a_dark_bar_are_read_like_print(engines, name, ground):
    page = print_page(*LINES)
    bar = page.image[270:330, 40:960]
    bar[:] = ground + (255 - ground) * (1 - bar / 255.0)
    reading = engines[name].read(replace(page, image=lighten_bars(page.image)))
    assert "\n".join(LINES) == reading.text


@pytest.mark.parametrize("name", ENGINES)
def test_what_was_not_read_clearly_has_a_lattice_whose_first_text_is_what_was_read(engines, name):
    page = print_page(*LINES, size=20)
    small = cv2.resize(page.image, None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    blurred = cv2.resize(small, page.image.shape[::-1])
    reading = engines[name].read(replace(page, image=np.asarray(blurred, np.uint8)))
    lattices = [(line, each) for line in reading.lines for each in line.lattices]
    assert lattices
    for line, lattice in lattices:
        assert " ".join(word.text for word in line.words[lattice.first : lattice.last]) == lattice.paths[0].text
        assert len(lattice.paths) > 1


@pytest.mark.parametrize("name", ENGINES)
def test_print_is_read_with_its_places(engines, name):
    page = print_page(*LINES)
    reading = engines[name].read(page)
    assert "\n".join(LINES) == reading.text
    assert reading.engine.startswith(f"{name} ")
    total = reading.lines[3].words[2]
    assert total.text == "1,428.00"
    assert total.confidence > 70
    height, width = page.image.shape
    x0, y0, x1, y1 = (
        int(total.box.x0 * width),
        int(total.box.y0 * height),
        int(total.box.x1 * width),
        int(total.box.y1 * height),
    )
    assert page.image[y0:y1, x0:x1].min() < 64
    ink_rows = np.nonzero(page.image[260:] < 128)[0] + 260
    assert y0 == pytest.approx(ink_rows.min(), abs=15)
    assert y1 == pytest.approx(ink_rows.max(), abs=15)


@pytest.mark.parametrize("name", ENGINES)
def test_the_same_page_gives_the_same_reading(engines, name):
    page = print_page(*LINES)
    assert engines[name].read(page) == engines[name].read(page)


@pytest.mark.parametrize("name", ENGINES)
def test_regions_are_read_alone_and_put_back(engines, name):
    page = print_page(*LINES)
    boxes = [line.box for line in engines["tesseract"].read(page).lines]
    wanted = [boxes[3], boxes[0]]
    reading = engines[name].read_regions(page, wanted)
    assert sorted(line.text for line in reading.lines) == sorted([LINES[3], LINES[0]])
    assert reading.regions == tuple(wanted)
    (line,) = [line for line in reading.lines if line.text == LINES[3]]
    assert line.box.middle == pytest.approx(boxes[3].middle, abs=0.02)


@pytest.mark.parametrize("name", ENGINES)
def test_a_blank_page_has_no_lines(engines, name):
    assert engines[name].read(print_page("")).lines == ()


@pytest.mark.parametrize("name", ENGINES)
def test_no_regions_cost_nothing_and_give_nothing(engines, name):
    assert engines[name].read_regions(print_page(*LINES), []).lines == ()


def test_two_engines_that_read_alike_prove_each_word(engines):
    page = print_page(*LINES)
    fused = fuse_readings(*(engines[name].read(page) for name in ENGINES))
    assert "\n".join(LINES) == fused.text
    assert all(word.agreed for word in fused.words)


def test_clear_figures_are_read_alike_however_their_picture_is_changed(engines):
    page = print_page(*LINES)
    figures = [word for word in engines["rapidocr"].read(page).words if any(map(str.isdigit, word.text))]
    again = engines["rapidocr"].read_otherwise(page, [word.box for word in figures])
    assert len(figures) == len(again) > 0
    for word, texts in zip(figures, again, strict=True):
        assert len(texts) >= 3
        assert measure_repeats([replace(word, again=texts)]) == 1.0


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("name", ENGINES)
def test_a_page_on_its_side_is_told(engines, turns, name):
    page = print_page(*LINES * 3)
    assert find_quarter_turns(turn(page, turns), engines[name]) == -turns % 4


def test_a_page_with_next_to_no_text_stays_as_it_is():
    assert find_quarter_turns(print_page("No")) == 0


def test_a_page_is_read_in_its_own_language_alone():
    settings = OcrSettings(languages=("eng", "deu", "fra"))
    german = ("Wir danken und bitten um Zahlung", "der Rechnung mit dem Betrag von 12,50", "auf unser Konto")
    reading = load_engine("tesseract", settings).read(print_page(*german))
    assert "\n".join(german) == reading.text
    assert reading.engine.endswith(" deu")


def test_auto_finds_the_language_by_itself():
    engine = load_engine("tesseract", OcrSettings(languages=("auto",)))
    reading = engine.read(print_page("Nous vous prions de payer la facture", "dans les trente jours sur notre compte"))
    assert reading.engine.endswith(" fra")
    assert reading.text.startswith("Nous vous prions")


@pytest.mark.skipif(not is_installed(), reason="no wheel of tesserocr for this Python")
def test_the_library_reads_like_the_program():
    settings = OcrSettings(languages=("eng",))
    page = print_page(*LINES)
    library = TesseractEngine(settings, TesseractLibrary())
    read, reference = library.read(page), TesseractEngine(settings).read(page)
    library.close()
    assert read.lines == reference.lines
    assert read.engine != reference.engine


def test_tesseract_keeps_to_one_thread(engines):
    assert os.environ["OMP_THREAD_LIMIT"] == "1"


def test_a_page_that_takes_too_long_is_tried_again_later():
    engine = load_engine("tesseract", OcrSettings(languages=("eng",), timeout_s=1))
    specks = np.random.default_rng(5).integers(0, 255, (1500, 1500), dtype=np.uint8)
    noise = Page(1, specks.repeat(4, axis=0).repeat(4, axis=1), PageSize(6000, 6000, 300), Transform.scale(1, 1))
    with pytest.raises(TransientError, match="longer than 1 s"):
        engine.read(noise)


def test_a_language_without_data_is_a_dependency_error():
    settings = OcrSettings(languages=("eng", "tlh"))
    with pytest.raises(DependencyError, match="tlh"):
        check_languages(settings)
    with pytest.raises(DependencyError, match="tlh"):
        load_engine("tesseract", settings).read(print_page("Total"))


def test_a_missing_program_is_a_dependency_error(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DependencyError, match="not installed") as caught:
        load_engine("tesseract", OcrSettings()).read(print_page("Total"))
    assert "apt install tesseract-ocr" in caught.value.remedy

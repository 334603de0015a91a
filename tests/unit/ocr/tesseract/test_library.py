"""The optional library, behind a double of tesserocr that behaves as its documentation says."""

# ruff: noqa: N802 - the double bears tesserocr's names
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.ocr.tesseract import library as tesseract_library
from invoicewatch.ocr.tesseract.library import TesseractLibrary
from invoicewatch.ocr.tesseract.tsv import parse_table
from invoicewatch.records import Transform

PAGE = np.full((20, 30), 255, np.uint8)


class RecordingLibrary:
    """Reads ``size`` off every image, and fails to load a language called ``none``."""

    made: ClassVar[list["RecordingLibrary"]] = []
    meet = Barrier(1)

    def __init__(self, path, lang, variables):
        assert variables == {"lstm_choice_mode": "2"}
        if lang == "none":
            raise RuntimeError("Failed to init API")
        self.lang, self.ended, self.size = lang, False, (0, 0)
        RecordingLibrary.made.append(self)

    def SetPageSegMode(self, mode):
        self.mode = mode

    def SetImageBytes(self, pixels, width, height, bytes_per_pixel, bytes_per_line):
        assert len(pixels) == height * bytes_per_line
        self.size = (width, height)

    def SetSourceResolution(self, dpi):
        self.dpi = dpi

    def Recognize(self, timeout):
        self.meet.wait(5)
        return timeout > 100

    def GetTSVText(self, page):
        return f"5\t1\t1\t1\t1\t1\t3\t2\t15\t10\t91\t{self.size[0]}x{self.size[1]}\n"

    def GetIterator(self):
        return self if self.size != (0, 0) else None

    def Empty(self, level):
        return level != "word"

    def GetBestLSTMSymbolChoices(self):
        return [[("3", 1.0), ("8", 2.0)], *([(sign, 1.0)] for sign in "0x20")]

    def Clear(self):
        self.size = (0, 0)

    def End(self):
        self.ended = True


@pytest.fixture
def library(monkeypatch):
    monkeypatch.setattr(RecordingLibrary, "made", [])
    double = SimpleNamespace(
        PyTessBaseAPI=RecordingLibrary,
        tesseract_version=lambda: "tesseract 5.5.4\n leptonica",
        iterate_level=lambda words, _: iter([words]),
        RIL=SimpleNamespace(WORD="word"),
    )
    monkeypatch.setitem(sys.modules, "tesserocr", double)
    monkeypatch.setattr(tesseract_library, "find_data_folder", lambda: "/data")
    return TesseractLibrary()


def read(library, languages=("eng",), timeout_s=10.0):
    return library.read_words(PAGE, languages=languages, segmentation=6, dpi=200, timeout_s=timeout_s)


def test_its_table_is_the_programs(library):
    (line,) = parse_table(read(library), Transform.scale(30, 20), "tesseract")
    assert line.text == "30x20"
    assert line.box == pytest.approx((0.1, 0.1, 0.6, 0.6))
    assert [[path.text for path in lattice.paths] for lattice in line.lattices] == [["30x20", "80x20"]]


def test_languages_are_loaded_once(library):
    for languages in (("eng",), ("eng", "deu"), ("eng",)):
        read(library, languages)
    assert ["eng", "eng+deu"] == [made.lang for made in RecordingLibrary.made]


def test_threads_do_not_share(library, monkeypatch):
    monkeypatch.setattr(RecordingLibrary, "meet", Barrier(2))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: read(library), range(2)))
    assert len(RecordingLibrary.made) == 2


def test_the_time_limit_is_transient(library):
    with pytest.raises(TransientError, match=r"longer than 0\.05 s"):
        read(library, timeout_s=0.05)


def test_a_language_that_does_not_load_is_a_dependency_error(library):
    with pytest.raises(DependencyError, match="none from /data"):
        read(library, ("none",))


def test_closing_frees_and_reading_loads_again(library):
    read(library)
    library.close()
    assert RecordingLibrary.made[0].ended
    read(library)
    assert len(RecordingLibrary.made) == 2


def test_its_version_says_that_it_is_not_the_program(library):
    assert library.version == "5.5.4 in-process"


def test_the_programs_data_folder_is_found():
    assert tesseract_library.find_data_folder().endswith("tessdata/")

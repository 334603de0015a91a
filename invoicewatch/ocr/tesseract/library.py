"""Tesseract as a library in this process: the one file that knows tesserocr. Where it is not there, the program reads.

It saves starting a program and loading the languages for every page, and its wheel is built for newer processors. Up to
tesserocr 2.7 the wheel holds Tesseract 5.3, which reads word for word like the 5.3 of Debian 12; from 2.8 on it is 5.5,
which reads one word in ten of a receipt otherwise.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.ocr.tesseract.choices import SETTINGS, Choices, keep_choices
from invoicewatch.ocr.tesseract.tsv import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# the program writes this line first, the library does not
_HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def is_installed() -> bool:
    """Whether the package is there."""
    return find_spec("tesserocr") is not None


class TesseractLibrary:
    """Loaded languages, kept warm; each is used by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[str, list[Any]] = {}

    @property
    def version(self) -> str:
        """The library's version, e.g. ``5.5.4 in-process``; the program's may be another."""
        import tesserocr

        return f"{str(tesserocr.tesseract_version()).split()[1]} in-process"

    def read_words(
        self, image: NDArray[np.uint8], *, languages: Sequence[str], segmentation: int, dpi: int, timeout_s: float
    ) -> Table:
        """As `tesseract_program.read_words`."""
        height, width = image.shape
        with self._borrow("+".join(languages)) as library:
            library.SetPageSegMode(segmentation)
            library.SetImageBytes(image.tobytes(), width, height, 1, width)
            library.SetSourceResolution(dpi)
            if not library.Recognize(round(timeout_s * 1000)):
                raise TransientError(f"Tesseract took longer than {timeout_s:g} s", code="ocr_timeout")
            table = Table(_HEADER + str(library.GetTSVText(0)), tuple(_list_choices(library)))
            library.Clear()
        return table

    def close(self) -> None:
        """Free all languages; the next reading loads them again."""
        with self._lock:
            idle, self._idle = self._idle, {}
        for libraries in idle.values():
            for library in libraries:
                library.End()

    @contextmanager
    def _borrow(self, languages: str) -> Iterator[Any]:
        """An instance that nobody else uses; one that failed is not put back."""
        with self._lock:
            idle = self._idle.setdefault(languages, [])
            library = idle.pop() if idle else None
        if library is None:
            library = self._load(languages)
        yield library
        with self._lock:
            self._idle.setdefault(languages, []).append(library)

    def _load(self, languages: str) -> Any:
        import tesserocr

        folder = find_data_folder()
        try:
            return tesserocr.PyTessBaseAPI(path=folder, lang=languages, variables=SETTINGS)
        except RuntimeError as exc:
            raise DependencyError(
                f"the library tesserocr cannot load {languages} from {folder}: {exc}",
                remedy="Set TESSDATA_PREFIX to Tesseract's data, or uninstall tesserocr.",
                code="language_missing",
            ) from exc


def _list_choices(library: Any) -> Iterator[Choices]:
    """For each word of the page what else it may be."""
    import tesserocr

    words = library.GetIterator()
    if words is not None:
        for word in tesserocr.iterate_level(words, tesserocr.RIL.WORD):
            if not word.Empty(tesserocr.RIL.WORD):
                yield keep_choices(word.GetBestLSTMSymbolChoices())


def find_data_folder() -> str:
    """Where the program keeps its languages: the library of a wheel has none of its own.

    Raises:
        DependencyError: The program is not installed, or does not say.
    """
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError) as exc:
        raise DependencyError(
            "Tesseract is not installed", remedy="Install it: apt install tesseract-ocr", code="tesseract_missing"
        ) from exc
    folder = listed.stdout.partition('"')[2].partition('"')[0]
    if not folder:
        raise DependencyError("Tesseract does not say where its languages are", code="tesseract_missing")
    return folder

"""The Tesseract program: the one file that knows pytesseract."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from invoicewatch.errors import DependencyError, InvoicewatchError, TransientError
from invoicewatch.ocr.tesseract.choices import SETTINGS, parse_choices
from invoicewatch.ocr.tesseract.memory_file import write_pgm
from invoicewatch.ocr.tesseract.tsv import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ORIENTATION_DATA = "osd"

_LANGUAGE = re.compile(r"[a-z_]+")
_INSTALL = "Install it: apt install tesseract-ocr"
_MISSING_DATA = re.compile(r"(?:Failed loading language '|/)(?P<language>[A-Za-z_]+)(?:'|\.traineddata)")


class Orientation(NamedTuple):
    """By how many degrees clockwise a page must be turned to stand upright, how sure that is (0 and up), its script.

    ``script_confidence`` is 0 and up as well.
    """

    degrees: int
    confidence: float
    script: str
    script_confidence: float = 0.0


def limit_threads() -> None:
    """Keep every Tesseract that this process starts to one thread.

    Its OpenMP threads spin: four pages side by side on one thread each are done long before one after the other on
    four. The program reads the limit from the environment and nowhere else.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def find_version() -> str:
    """The program's version, e.g. ``5.3.0``.

    Raises:
        DependencyError: The program is not installed.
    """
    import pytesseract

    with _translated(timeout_s=0):
        return str(pytesseract.get_tesseract_version())


def list_languages() -> tuple[str, ...]:
    """The languages whose data is installed, in order of name.

    Raises:
        DependencyError: The program is not installed.
    """
    # Not by pytesseract: every worker asks this at its start, and may need no more of it.
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
    except OSError as exc:
        raise DependencyError("Tesseract is not installed", remedy=_INSTALL, code="tesseract_missing") from exc
    return tuple(sorted(filter(_LANGUAGE.fullmatch, done.stdout.splitlines())))


def read_words(
    image: NDArray[np.uint8], *, languages: Sequence[str], segmentation: int, dpi: int, timeout_s: float
) -> Table:
    """Read ``image`` (greyscale uint8) and return Tesseract's table.

    Args:
        image: (height, width).
        languages: Tesseract's names of them, the likeliest first.
        segmentation: Tesseract's ``--psm``.
        dpi: The image's resolution, or what to take it for.
        timeout_s: The program is killed when this has passed.

    Raises:
        TransientError: The time was up, or the program failed.
        DependencyError: The program or a language's data is missing.
    """
    from pytesseract.pytesseract import run_tesseract

    settings = {"tessedit_create_tsv": "1", "tessedit_create_hocr": "1", **SETTINGS}
    options = [f"--psm {segmentation} --dpi {dpi}", *(f"-c {name}={value}" for name, value in settings.items())]
    with _translated(timeout_s), write_pgm(image) as path, TemporaryDirectory(prefix="invoicewatch-") as folder:
        out = Path(folder, "out")
        run_tesseract(str(path), str(out), "tsv", "+".join(languages), " ".join(options), timeout=timeout_s)
        tsv, hocr = (out.with_suffix(suffix).read_text("utf-8") for suffix in (".tsv", ".hocr"))
    return Table(tsv, parse_choices(hocr))


def read_orientation(image: NDArray[np.uint8], *, dpi: int, timeout_s: float) -> Orientation:
    """Find out which way up ``image`` is and in what script.

    Raises:
        TransientError: The time was up, or there is too little text to tell.
        DependencyError: The program or its orientation data is missing.
    """
    import pytesseract

    with _translated(timeout_s), write_pgm(image) as path:
        found = pytesseract.image_to_osd(
            str(path), config=f"--dpi {dpi}", timeout=timeout_s, output_type=pytesseract.Output.DICT
        )
    return Orientation(
        int(found["rotate"]), float(found["orientation_conf"]), str(found["script"]), float(found["script_conf"])
    )


@contextmanager
def _translated(timeout_s: float) -> Iterator[None]:
    """Turn pytesseract's exceptions into ours."""
    import pytesseract

    try:
        yield
    except pytesseract.TesseractNotFoundError as exc:
        raise DependencyError("Tesseract is not installed", remedy=_INSTALL, code="tesseract_missing") from exc
    except pytesseract.TesseractError as exc:
        raise _explain(exc.status, str(exc.message)) from exc
    except RuntimeError as exc:  # pytesseract has no type of its own for this one
        if "timeout" not in str(exc):
            raise
        raise TransientError(f"Tesseract took longer than {timeout_s:g} s", code="ocr_timeout") from exc


def _explain(status: int, message: str) -> InvoicewatchError:
    missing = _MISSING_DATA.search(message)
    if missing and ("Failed loading" in message or "Error opening data file" in message):
        return missing_data(missing["language"])
    return TransientError(f"Tesseract failed with status {status}: {message}", code="ocr_failed")


def missing_data(language: str) -> DependencyError:
    """The error for a language whose data is not installed."""
    return DependencyError(
        f"Tesseract has no data for {language!r}",
        remedy=f"Install it (apt install {name_package(language)}), or take it out of languages in [ocr].",
        code="language_missing",
    )


def name_package(language: str) -> str:
    """Debian's package with the data of a language: ``chi_sim`` is ``tesseract-ocr-chi-sim``."""
    return f"tesseract-ocr-{language.lower().replace('_', '-')}"

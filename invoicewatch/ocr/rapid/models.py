"""The detection and recognition models of RapidOCR: of rapidocr only its files are used.

They lie in its wheel (PP-OCRv6 small, some 31 MB); nothing is downloaded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.rapid.ctc import Steps
from invoicewatch.ocr.rapid.line_images import PADDING, list_padded_widths
from invoicewatch.ocr.rapid.line_network import open_line_network
from invoicewatch.ocr.rapid.network import open_network
from invoicewatch.ocr.rapid.outlines import outline_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

LINE_HEIGHT = 48
"""Rows of a line image as the recognition model was trained on."""

COLUMNS_PER_STEP = 8
"""The recognition model looks at this many columns of a line image a step."""

LONGEST_WARM_LINE = 1536
"""The recogniser is compiled for lines up to this width when it is warmed, for longer ones when one comes."""

_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_SCALED = ((np.arange(256, dtype=np.float32) * np.float32(1 / 255) - 0.5) / 0.5).astype(np.float32)
"""Each shade of grey from -1 to 1, as both models know it."""


class RapidModels:
    """A text detector and a line recogniser, each loaded by the first who needs it.

    OpenVINO compiles a network for each shape when it first meets it. `warm` does this for lines, for a process that
    lives for years and reads every line after that at once. What a page or a very long line takes is given back.
    """

    def __init__(self, folder: Path, backend: str, lines_at_once: int = 1) -> None:
        self._detector = _Kept(partial(open_network, folder / _DETECTOR, backend))
        self._recogniser = _Kept(partial(open_line_network, folder / _RECOGNISER, backend, lines_at_once))
        self._has_read = False

    @classmethod
    def find(cls, lines_at_once: int = 1) -> RapidModels:
        """Look for them. Raises DependencyError: rapidocr, its models, or a back end to run them is missing."""
        return cls(_find_folder(), choose_backend(), lines_at_once)

    def warm(self) -> None:
        """Load both, the recogniser first, since a glance at a page needs it alone.

        Once a line is read in earnest its page would wait for shapes that no line of it may have: the others are
        compiled when one comes.
        """
        self._recogniser.get()
        self._detector.get()
        for width in list_padded_widths(LONGEST_WARM_LINE):
            if self._has_read:
                return
            self._run(np.full((LINE_HEIGHT, width), PADDING, np.uint8))

    def detect(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Find text.

        What that took of memory, a tenth of a worker's, is given back: taking it again makes it a third slower.

        Args:
            image: (height, width) greyscale, both multiples of 32, the model's own grid.

        Returns:
            (n, 4, 2) corners in pixels, clockwise from top left as the text reads.
        """
        network = self._detector.get()
        seen = network.run(_make_batch(_SCALED[image]))[0, 0]
        network.shrink()
        return outline_lines(seen)

    def recognise(self, image: NDArray[np.uint8]) -> Steps:
        """Read a line.

        Args:
            image: (`LINE_HEIGHT`, width) greyscale, the width a multiple of `COLUMNS_PER_STEP`.

        Returns:
            What it may say at each of its width / `COLUMNS_PER_STEP` steps.
        """
        self._has_read = True
        return self._run(image)

    def _run(self, image: NDArray[np.uint8]) -> Steps:
        plane = image.astype(np.float32) / 127.5 - 1.0
        network = self._recogniser.get()
        steps = network.read(_make_batch(plane))
        if image.shape[1] > LONGEST_WARM_LINE:
            network.shrink()
        return steps


def choose_backend() -> str:
    """The library to run networks with, without importing it. Raises DependencyError where a package is missing."""
    if find_spec("rapidocr") is None:
        raise DependencyError(
            "RapidOCR is not installed",
            remedy='Install the package rapidocr, or set second_opinion = "none" in [ocr].',
            code="engine_missing",
        )
    for backend in ("openvino", "onnxruntime"):  # ONNX Runtime takes 1.4 times as long
        if find_spec(backend) is not None:
            return backend
    raise DependencyError(
        "RapidOCR has nothing to run its models on",
        remedy='Install openvino or onnxruntime, or set second_opinion = "none" in [ocr].',
        code="engine_missing",
    )


class _Kept(Generic[T]):
    """Something that takes long to open: opened once, by the first who asks; the others wait."""

    def __init__(self, open_it: Callable[[], T]) -> None:
        self._open = open_it
        self._lock = threading.Lock()
        self._opened: T | None = None

    def get(self) -> T:
        """It, opened."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened


def _make_batch(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """One picture of three colours that are alike."""
    return np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape)))


def _find_folder() -> Path:
    """Where the models lie. Raises DependencyError: one is missing."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    for name in (_DETECTOR, _RECOGNISER):
        if not (folder / name).is_file():
            raise DependencyError(
                f"RapidOCR's model {name} is missing", remedy="Reinstall rapidocr 3.10.", code="engine_missing"
            )
    return folder

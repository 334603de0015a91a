"""The detection and recognition models of RapidOCR: the one file that knows rapidocr.

Its models lie in its wheel (PP-OCRv6 small, some 31 MB); with their paths named, it downloads nothing.
"""

from __future__ import annotations

import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.rapid.line_images import PADDING, list_padded_widths

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE_HEIGHT = 48
"""Rows of a line image as the recognition model was trained on."""

COLUMNS_PER_STEP = 8
"""The recognition model looks at this many columns of a line image a step."""

_LONGEST_SIDE = 4096  # of a detection image; the caller scales, so the library must not


LONGEST_WARM_LINE = 1536
"""The recogniser is compiled for lines up to this width when it is loaded, for longer ones when one comes."""


class RapidModels:
    """A text detector and a line recogniser on one thread; both are loaded by ``load``.

    OpenVINO compiles a model for each shape when it first meets it. For lines this is done here, for a process that
    lives for years and reads every line after that at once.
    """

    def __init__(self, detector: Any, recognizer: Any, backend: str) -> None:
        self._lock = threading.Lock()  # each model has one request, and its output is overwritten by the next
        self._detector = detector
        self._recognizer = recognizer
        self.backend = backend
        self.characters: tuple[str, ...] = tuple(recognizer.postprocess_op.character)
        self.space = self.characters.index(" ")

    @classmethod
    def load(cls) -> RapidModels:
        """Load both. Raises DependencyError: rapidocr, its models, or a back end to run them is missing."""
        backend = choose_backend()
        _silence_telemetry()
        config = _configure(backend)
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.ch_ppocr_rec import TextRecognizer

        models = cls(TextDetector(config.Det), TextRecognizer(config.Rec), backend)
        for width in list_padded_widths(LONGEST_WARM_LINE):
            models.recognise(np.full((LINE_HEIGHT, width), PADDING, np.uint8))
        return models

    def detect(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Find text.

        Args:
            image: (height, width) greyscale, both multiples of 32, the model's own grid.

        Returns:
            (n, 4, 2) corners in pixels, clockwise from top left as the text reads.
        """
        with self._lock:
            boxes = self._detector(np.repeat(image[:, :, None], 3, axis=2)).boxes
        return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32)

    def recognise(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Read a line.

        Args:
            image: (`LINE_HEIGHT`, width) greyscale, the width a multiple of `COLUMNS_PER_STEP`.

        Returns:
            (width / `COLUMNS_PER_STEP`, characters) probabilities; the first character is CTC's blank.
        """
        plane = image.astype(np.float32) / 127.5 - 1.0
        batch = np.broadcast_to(plane, (1, 3, *plane.shape))
        with self._lock:
            steps: NDArray[np.float32] = np.array(self._recognizer.session(np.ascontiguousarray(batch)))[0]
        return steps


def choose_backend() -> str:
    """The library to run the models with, without importing it. Raises DependencyError where a package is missing."""
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


def _silence_telemetry() -> None:
    """Keep OpenVINO from reporting its import to its maker's statistics, as it does without being asked.

    A module that is None in ``sys.modules`` cannot be imported; OpenVINO then takes its own stub.
    """
    modules: dict[str, Any] = sys.modules  # None is documented, and not in the type
    modules["openvino_telemetry"] = None


def _configure(backend: str) -> Any:
    """RapidOCR's configuration: models from its wheel, one thread, no words on the console."""
    import rapidocr
    from rapidocr import RapidOCR
    from rapidocr.utils.typings import EngineType

    models = Path(rapidocr.__file__).parent / "models"
    files = {"Det": models / "PP-OCRv6_det_small.onnx", "Rec": models / "PP-OCRv6_rec_small.onnx"}
    for file in files.values():
        if not file.is_file():
            raise DependencyError(
                f"RapidOCR's model {file.name} is missing", remedy="Reinstall rapidocr 3.10.", code="engine_missing"
            )
    parameters: dict[str, Any] = {
        "Global.log_level": "critical",
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": _LONGEST_SIDE,
    }
    for part, file in files.items():
        parameters[f"{part}.engine_type"] = EngineType(backend)
        parameters[f"{part}.model_path"] = str(file)
    config = RapidOCR(params=parameters).cfg  # loads no model yet
    for part in (config.Det, config.Rec):
        part.engine_cfg = config.EngineConfig[backend]
        part.model_root_dir = models
    return config

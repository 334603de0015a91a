"""The network that reads a line: for every step along it, the probability of each character.

It knows 18,708 characters, most of them Chinese. They cost a sixth of its time, and most of the time of whoever looks
through what it puts out, while the usual ones are 800. So the usual ones are looked at first, and the others only at
the steps where none of the usual ones stands out. On 63,000 steps of receipts, some of them with Chinese print, that
is one step in 90; of 225 that show another character, 19 look so much like a usual one that it is read instead.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from invoicewatch.ocr.rapid.alphabet import Alphabet, join, weigh
from invoicewatch.ocr.rapid.ctc import Steps
from invoicewatch.ocr.rapid.network import Pool, open_core, open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STANDS_OUT = 14.0  # what the network puts out for a character, before that is made a probability
_ROWS = 8  # steps are asked for so many at a time, because each number of them is compiled anew


class LineNetwork(Protocol):
    """Reads lines. Any thread may ask; so many are served at once as it was opened for."""

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """What a line says: ``batch`` is (1, 3, height, width), from -1 to 1."""

    def shrink(self) -> None:
        """See `network.Network`."""


def open_line_network(file: Path, backend: str, at_once: int = 1) -> LineNetwork:
    """Read ``file`` and compile it; ``backend`` is one that `choose_backend` names, and may serve fewer ``at_once``."""
    return OpenVinoLines.open(file, at_once) if backend == "openvino" else OnnxLines.open(file)


class OpenVinoLines:
    """The network on OpenVINO, with its last layer in two parts.

    Args:
        compiled: Puts out the usual characters, and what the last layer makes them of.
        others: The last layer for all other characters.
        alphabet: Which characters are which.
        at_once: How many lines are read side by side, one thread each.
    """

    def __init__(self, compiled: Any, others: Any, alphabet: Alphabet, at_once: int) -> None:
        self._compiled = compiled
        self._requests = Pool((compiled.create_infer_request(), others.create_infer_request()) for _ in range(at_once))
        self._alphabet = alphabet

    @classmethod
    def open(cls, file: Path, at_once: int = 1) -> OpenVinoLines:
        """Read and compile ``file``."""
        core = open_core(at_once)
        model = core.read_model(file)
        alphabet = Alphabet.of(str(model.get_rt_info(["framework", "character"]).value).splitlines())
        first, others = _part_last_layer(model, alphabet)
        return cls(core.compile_model(first, "CPU"), core.compile_model(others, "CPU"), alphabet, at_once)

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """See `LineNetwork`."""
        with self._requests.take() as (first, second):
            first.infer([batch])
            usual, features = (np.array(first.get_output_tensor(number).data[0]) for number in (0, 1))
            unclear = np.flatnonzero(usual.max(axis=1) < _STANDS_OUT)
            others = [np.array(_infer(second, rows)) for rows in _cut_evenly(features[unclear])]
        joined = np.concatenate(others or [np.zeros((0, len(self._alphabet.others)), np.float32)])
        return weigh(usual, unclear, joined[: len(unclear)], self._alphabet)

    def shrink(self) -> None:
        """See `network.Network`."""
        with self._requests.take_all():
            self._compiled.release_memory()


class OnnxLines:
    """The network on ONNX Runtime, which looks at every character at every step."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input: str = session.get_inputs()[0].name
        self._lock = threading.Lock()
        self._alphabet = Alphabet.of(session.get_modelmeta().custom_metadata_map["character"].splitlines())

    @classmethod
    def open(cls, file: Path) -> OnnxLines:
        """Read and compile ``file``."""
        return cls(open_session(file))

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """See `LineNetwork`."""
        with self._lock:
            seen = np.asarray(self._session.run(None, {self._input: batch})[0][0], np.float32)
        usual, others = seen[:, self._alphabet.usual], seen[:, self._alphabet.others]
        return join(usual, np.arange(len(seen)), others, self._alphabet)

    def shrink(self) -> None:
        """Nothing is kept from line to line."""


def _part_last_layer(model: Any, alphabet: Alphabet) -> tuple[Any, Any]:
    """The model up to its last layer with the usual characters of it, and that layer for all others."""
    from openvino import Model
    from openvino import opset13 as operations

    layer = next(each for each in reversed(model.get_ordered_ops()) if each.get_type_name() == "MatMul")
    features, weights = layer.input_value(0), layer.input_value(1).get_node().get_data()
    (added,) = layer.output(0).get_target_inputs()
    bias = next(
        value.get_node().get_data()
        for value in added.get_node().input_values()
        if value.get_node().get_type_name() == "Constant"
    )

    def build(source: Any, numbers: list[int]) -> Any:
        chosen = (operations.constant(np.ascontiguousarray(each[..., numbers])) for each in (weights, bias))
        product = operations.matmul(source, next(chosen), transpose_a=False, transpose_b=False)
        return operations.add(product, next(chosen))

    rows = operations.parameter([-1, weights.shape[0]], np.float32)
    first = Model([build(features, alphabet.usual).output(0), features], model.get_parameters())
    return first, Model([build(rows, alphabet.others).output(0)], [rows])


def _cut_evenly(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features (steps, n) of some steps in parts (parts, `_ROWS`, n), the last filled up with zeros."""
    count, wide = features.shape
    padded = np.zeros((-(-count // _ROWS) * _ROWS, wide), np.float32)
    padded[:count] = features
    return padded.reshape(-1, _ROWS, wide)


def _infer(request: Any, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """What it puts out, in memory that the next batch overwrites."""
    request.infer([batch])
    seen: NDArray[np.float32] = request.get_output_tensor().data
    return seen

"""The network that reads a line: for every step along it, the probability of each character.

It knows 18,708 characters, most of them Chinese. They cost a sixth of its time, and most of the time of whoever looks
through what it puts out, while the usual ones are 800. So the usual ones are looked at first, and the others only at
the steps where none of the usual ones stands out. On 63,000 steps of receipts, some of them with Chinese print, that
is one step in 90; of 225 that show another character, 19 look so much like a usual one that it is read instead.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from invoicewatch.ocr.rapid.beam import LEAST
from invoicewatch.ocr.rapid.ctc import Steps
from invoicewatch.ocr.rapid.network import open_core, open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_UNUSUAL = "\u2190"  # arrows, then pictures and the scripts of East Asia; below are Latin, Greek, money, signs
_STANDS_OUT = 14.0  # what the network puts out for a character, before that is made a probability
_ROWS = 8  # steps are asked for so many at a time, because each number of them is compiled anew


class LineNetwork(Protocol):
    """Reads lines. Any thread may ask; they are served one after the other."""

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """What a line says: ``batch`` is (1, 3, height, width), from -1 to 1."""

    def shrink(self) -> None:
        """See `network.Network`."""


def open_line_network(file: Path, backend: str) -> LineNetwork:
    """Read ``file`` and compile it; ``backend`` is one that `choose_backend` names."""
    return OpenVinoLines.open(file) if backend == "openvino" else OnnxLines.open(file)


class OpenVinoLines:
    """The network on OpenVINO, with its last layer in two parts.

    Args:
        compiled: Puts out the usual characters, and what the last layer makes them of.
        others: The last layer for all other characters.
        alphabet: Which characters are which.
    """

    def __init__(self, compiled: Any, others: Any, alphabet: _Alphabet) -> None:
        self._compiled = compiled
        self._request = compiled.create_infer_request()
        self._others = others.create_infer_request()
        self._alphabet = alphabet
        self._lock = threading.Lock()  # there is one request of each, and its output is overwritten by the next

    @classmethod
    def open(cls, file: Path) -> OpenVinoLines:
        """Read and compile ``file``."""
        core = open_core()
        model = core.read_model(file)
        alphabet = _Alphabet.of(str(model.get_rt_info(["framework", "character"]).value).splitlines())
        first, others = _part_last_layer(model, alphabet)
        return cls(core.compile_model(first, "CPU"), core.compile_model(others, "CPU"), alphabet)

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """See `LineNetwork`."""
        with self._lock:
            self._request.infer([batch])
            usual, features = (np.array(self._request.get_output_tensor(number).data[0]) for number in (0, 1))
            unclear = np.flatnonzero(usual.max(axis=1) < _STANDS_OUT)
            others = self._ask_others(features[unclear])
        return _weigh(usual, unclear, others, self._alphabet)

    def _ask_others(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(steps, other characters) for the features of these steps."""
        count, wide = features.shape
        padded = np.zeros((-(-count // _ROWS) * _ROWS, wide), np.float32)
        padded[:count] = features
        seen = [np.array(self._infer_others(rows)) for rows in padded.reshape(-1, _ROWS, wide)]
        return np.concatenate(seen)[:count] if seen else np.zeros((0, len(self._alphabet.others)), np.float32)

    def _infer_others(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        self._others.infer([rows])
        seen: NDArray[np.float32] = self._others.get_output_tensor().data
        return seen

    def shrink(self) -> None:
        """See `network.Network`."""
        with self._lock:
            self._compiled.release_memory()


class OnnxLines:
    """The network on ONNX Runtime, which looks at every character at every step."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input: str = session.get_inputs()[0].name
        self._lock = threading.Lock()
        self._alphabet = _Alphabet.of(session.get_modelmeta().custom_metadata_map["character"].splitlines())

    @classmethod
    def open(cls, file: Path) -> OnnxLines:
        """Read and compile ``file``."""
        return cls(open_session(file))

    def read(self, batch: NDArray[np.float32]) -> Steps:
        """See `LineNetwork`."""
        with self._lock:
            seen = np.asarray(self._session.run(None, {self._input: batch})[0][0], np.float32)
        usual, others = seen[:, self._alphabet.usual], seen[:, self._alphabet.others]
        return _join(usual, np.arange(len(seen)), others, self._alphabet)

    def shrink(self) -> None:
        """Nothing is kept from line to line."""


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """All characters of the network; the numbers of the usual ones, blank and space among them, and of the others."""

    characters: tuple[str, ...]
    usual: list[int]
    others: list[int]

    @classmethod
    def of(cls, named: Sequence[str]) -> _Alphabet:
        """Of the characters that the network's file names, which are neither the blank nor the space."""
        characters = ("blank", *named, " ")
        unusual = {number for number, sign in enumerate(characters) if number and sign >= _FIRST_UNUSUAL}
        usual = [number for number in range(len(characters)) if number not in unusual]
        return cls(characters, usual, sorted(unusual))

    def name(self, others: Sequence[int]) -> tuple[str, ...]:
        """The usual characters, then these of the others."""
        return tuple(self.characters[number] for number in (*self.usual, *(self.others[each] for each in others)))


def _part_last_layer(model: Any, alphabet: _Alphabet) -> tuple[Any, Any]:
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


def _weigh(
    usual: NDArray[np.float32], unclear: NDArray[np.intp], others: NDArray[np.float32], alphabet: _Alphabet
) -> Steps:
    """Make probabilities (softmax) of what the last layer put out: ``others`` at the steps ``unclear`` alone."""
    peaks = usual.max(axis=1, keepdims=True)
    shares, rest = np.exp(usual - peaks), np.exp(others - peaks[unclear])
    sums = shares.sum(axis=1, keepdims=True)
    sums[unclear] += rest.sum(axis=1, keepdims=True)
    return _join(shares / sums, unclear, rest / sums[unclear], alphabet)


def _join(usual: NDArray[np.float32], at: NDArray[np.intp], others: NDArray[np.float32], alphabet: _Alphabet) -> Steps:
    """The usual characters, and those of the others, known at the steps ``at``, that may stand there."""
    seen = np.flatnonzero((others >= LEAST).any(axis=0))
    probabilities = np.zeros((len(usual), usual.shape[1] + len(seen)), np.float32)
    probabilities[:, : usual.shape[1]] = usual
    probabilities[at, usual.shape[1] :] = others[:, seen]
    return Steps(probabilities, alphabet.name(seen.tolist()))

"""A neural network in an ONNX file, run on one thread by OpenVINO or by ONNX Runtime.

Only this file and ``line_network`` know either. They are asked directly: RapidOCR's own sessions read its catalogue of
all models first, twice, which takes as long as compiling the two that are used.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FREE_THREADS = {"ENABLE_CPU_PINNING": "NO"}
"""OpenVINO else holds whoever asks to the first core while it reckons, in every process that asks."""

T = TypeVar("T")


class Network(Protocol):
    """A network of one input and one output. Any thread may ask; they are served one after the other."""

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """What it makes of ``batch``, in an array of its own."""

    def shrink(self) -> None:
        """Give back what the largest batch until now had it take; the next takes what it needs, and a little longer."""


def open_network(file: Path, backend: str) -> Network:
    """Read ``file`` and compile it; ``backend`` is one that `choose_backend` names."""
    return OpenVinoNetwork.open(file) if backend == "openvino" else OnnxNetwork.open(file)


class OpenVinoNetwork:
    """A network on OpenVINO, which compiles it anew for each shape of input when it first meets it."""

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled
        self._requests = Pool((compiled.create_infer_request(),))

    @classmethod
    def open(cls, file: Path) -> OpenVinoNetwork:
        """Read and compile ``file``."""
        core = open_core()
        return cls(core.compile_model(core.read_model(file), "CPU"))

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Network`."""
        with self._requests.take() as request:
            request.infer([batch])
            return np.array(request.get_output_tensor().data)

    def shrink(self) -> None:
        """See `Network`."""
        with self._requests.take_all():
            self._compiled.release_memory()


class OnnxNetwork:
    """A network on ONNX Runtime."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input: str = session.get_inputs()[0].name
        self._lock = threading.Lock()

    @classmethod
    def open(cls, file: Path) -> OnnxNetwork:
        """Read and compile ``file``."""
        return cls(open_session(file))

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Network`."""
        with self._lock:
            return np.asarray(self._session.run(None, {self._input: batch})[0], np.float32)

    def shrink(self) -> None:
        """Nothing is kept from batch to batch."""


class Pool(Generic[T]):
    """Things of which each serves one at a time; who asks waits until one is idle."""

    def __init__(self, items: Iterable[T]) -> None:
        self._idle: SimpleQueue[T] = SimpleQueue()
        self._count = 0
        for self._count, item in enumerate(items, start=1):
            self._idle.put(item)
        self._emptying = threading.Lock()

    @contextmanager
    def take(self) -> Iterator[T]:
        """One of them."""
        item = self._idle.get()
        try:
            yield item
        finally:
            self._idle.put(item)

    @contextmanager
    def take_all(self) -> Iterator[None]:
        """All of them, so that none is at work."""
        with self._emptying:  # two that each wait for what the other has would wait for ever
            items = [self._idle.get() for _ in range(self._count)]
            try:
                yield
            finally:
                for item in items:
                    self._idle.put(item)


def open_core(at_once: int = 1) -> Any:
    """OpenVINO, which reads and compiles models; each serves so many ``at_once``, on one thread each."""
    _silence_telemetry()
    from openvino import Core

    core = Core()
    core.set_property("CPU", _FREE_THREADS | dict.fromkeys(("INFERENCE_NUM_THREADS", "NUM_STREAMS"), str(at_once)))
    return core


def open_session(file: Path) -> Any:
    """A session of ONNX Runtime over ``file``."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _silence_telemetry() -> None:
    """Keep OpenVINO from reporting its import to its maker's statistics, as it does without being asked.

    A module that is None in ``sys.modules`` cannot be imported; OpenVINO then takes its own stub.
    """
    modules: dict[str, Any] = sys.modules  # None is documented, and not in the type
    modules["openvino_telemetry"] = None

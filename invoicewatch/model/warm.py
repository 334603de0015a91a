"""The warm GGUF model: loaded once, kept ready, freed when idle. The one file that imports llama_cpp."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError
from invoicewatch.model.fetch import find_model
from invoicewatch.model.footprint import check_fits
from invoicewatch.model.likelihood import score_candidates
from invoicewatch.model.requantise import find_fast_copy
from invoicewatch.model.session import LlamaSession
from invoicewatch.model.writing import write_answer

_REMEDY = "Run 'invoicewatch model fetch', or set [model] path to a GGUF file."


def load_library() -> ModuleType:
    """Import llama.cpp's bindings.

    Raises:
        DependencyError: They are not installed, or their shared library does not load.
    """
    try:
        import llama_cpp
    except (ImportError, OSError, RuntimeError) as exc:
        raise DependencyError(
            f"llama-cpp-python does not load: {exc}",
            remedy="Build it for this CPU: 'make setup' in the source tree ('make install' for the service).",
            code="llama_cpp",
        ) from exc
    module: ModuleType = llama_cpp
    return module


class WarmModel:
    """A language model that is loaded at most once and serves one caller at a time.

    Implements ``LineScorer`` and ``TextWriter``. Every call loads the model if it must, waits if another thread is
    loading or using it, and raises DependencyError where it is missing, damaged or too large. A failure is remembered:
    later calls fail at once instead of trying again.

    Args:
        settings: ``[model]``; ``path`` names the GGUF file.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._path = Path(settings.path)
        self._loaded_path = self._path
        self._lock = threading.RLock()
        self._session: LlamaSession | None = None
        self._failure: DependencyError | None = None
        self._state = "not loaded"
        self._used_s = time.monotonic()
        self._loader: threading.Thread | None = None

    @property
    def model_name(self) -> str:
        """The model's file name, as configured; what is loaded may be its faster copy (``loaded_path``)."""
        return self._path.name

    @property
    def loaded_path(self) -> Path | None:
        """The file that was really loaded; None while the model is not."""
        return self._loaded_path if self._session else None

    @property
    def state(self) -> str:
        """``not loaded``, ``loading``, ``ready``, ``missing: ...`` or ``failed: ...``."""
        return self._state

    @property
    def gpu_layers(self) -> int | None:
        """How many layers llama.cpp really put on a GPU; None while the model is not loaded."""
        session = self._session
        return None if session is None else session.gpu_layers

    def warm(self) -> None:
        """Start loading in the background; returns at once. What goes wrong shows in ``state`` and on first use."""
        if self._session is None and self._failure is None and (self._loader is None or not self._loader.is_alive()):
            self._loader = threading.Thread(target=self._try_load, name="model-loader", daemon=True)
            self._loader.start()

    def load(self) -> None:
        """Load now, or wait for the background load.

        Raises:
            DependencyError: The file is missing, damaged, of an unknown kind, or needs more memory than there is.
        """
        with self._lock:
            self._ready()

    def score(self, prefix: str, candidates: Sequence[str]) -> tuple[float, ...]:
        """Natural log-likelihood of each candidate as the continuation of ``prefix``; see ``LineScorer``."""
        with self._lock:
            scores = score_candidates(self._ready(), prefix, candidates)
            self._used_s = time.monotonic()
            return scores

    def words(self) -> tuple[str, ...]:
        """The words that the tokenizer holds whole; see ``LineScorer``."""
        with self._lock:
            return self._ready().words

    def write(self, instruction: str, text: str, max_tokens: int, time_limit_s: float | None = None) -> str:
        """The model's greedy answer; see ``TextWriter``. Ends early at ``time_limit_s``, or when it only loops."""
        with self._lock:
            session = self._ready()
            deadline_s = None if time_limit_s is None else time.monotonic() + time_limit_s
            answer = write_answer(session, instruction, text, max_tokens, deadline_s)
            self._used_s = time.monotonic()
            return answer

    @contextmanager
    def session(self) -> Iterator[LlamaSession]:
        """The loaded model itself, for one caller: to measure it."""
        with self._lock:
            yield self._ready()
            self._used_s = time.monotonic()

    def unload_if_idle(self, now_s: float) -> None:
        """Free the model if it was not used for ``idle_unload_s``; ``now_s`` is ``time.monotonic()``. 0 means never."""
        idle_s = self._settings.idle_unload_s
        if idle_s and self._session is not None and now_s - self._used_s >= idle_s:
            self.close()

    def close(self) -> None:
        """Free the model; a later call loads it again."""
        with self._lock:
            if self._session is not None:
                self._session.close()
                self._session = None
                self._state = "not loaded"

    def _try_load(self) -> None:
        with self._lock:
            try:
                self._ready()
            except DependencyError:
                return  # remembered in ``state`` and raised again on first use

    def _ready(self) -> LlamaSession:
        if self._failure is not None:
            raise self._failure
        if self._session is None:
            self._state = "loading"
            try:
                self._session = self._open()
            except DependencyError as exc:
                self._failure = exc
                raise
            self._state = "ready"
            self._used_s = time.monotonic()
        return self._session

    def _open(self) -> LlamaSession:
        try:
            self._path = self._find_path()
            check_fits(self._path, self._settings.context_size)
            library = load_library()
            convert = self._settings.requantise and self._settings.gpu_layers == 0
            self._loaded_path = find_fast_copy(library, self._path) if convert else self._path
            return LlamaSession.load(library, self._loaded_path, self._settings)
        except DependencyError as exc:
            self._state = f"{'missing' if exc.code == 'model_missing' else 'failed'}: {exc.message}"
            raise

    def _find_path(self) -> Path:
        path = find_model(self._settings)
        if path is None:
            raise DependencyError(f"there is no model at {self._path}", remedy=_REMEDY, code="model_missing")
        return path

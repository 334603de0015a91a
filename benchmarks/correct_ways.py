"""The ways to correct a text that ``benchmarks/correct.py`` compares, each run by warm worker processes."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from invoicewatch.config.settings import CorrectSettings, ModelSettings, OcrSettings
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.even_scorer import EvenScorer
from invoicewatch.correct.rewrite import INSTRUCTION, cut_batches, write_batch
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import load_vocabulary
from invoicewatch.model.warm import WarmModel
from invoicewatch.model.writing import write_answer
from invoicewatch.records import LineScorer, Reading, join_text

Readings = tuple[Reading, ...]
# Rewriting guarded is to be finished, not cut off: what the budget would spare is not what is compared.
_REWRITE_BUDGET_S = 600.0
# The tutorial's answer may be so many times as long as the page.
_ROOM = 1.5
_LINE_NUMBER = re.compile(r"^\s*\d{1,3}[.):]\s?", re.MULTILINE)


class Mode(Enum):
    """How a text is corrected; the value is the row's name."""

    CHANNEL = "channel and vocabulary, no model"
    RESCORE = "rescoring"
    REWRITE = "rewriting in batches, guarded"
    UNGUARDED = "rewriting in batches, unguarded"
    TUTORIAL = "the tutorial's way: the whole page, unguarded"


@dataclass(frozen=True)
class Way:
    """One row of a table; ``model`` is a GGUF file."""

    mode: Mode
    model: str | None = None
    budget_s: float = 5.0

    @property
    def name(self) -> str:
        """For the table."""
        return f"{self.mode.value}, {Path(self.model).name.removesuffix('.gguf')}" if self.model else self.mode.value


class Answer(NamedTuple):
    """An enhanced text, and its seconds on the wall and of CPU."""

    text: str
    wall_s: float = 0.0
    cpu_s: float = 0.0


class Corrector:
    """One way, ready to work; lives in a worker process of one thread."""

    def __init__(self, way: Way) -> None:
        self._mode = way.mode
        self._model = WarmModel(ModelSettings(path=way.model or "", threads=1))
        scorer: LineScorer = self._model if way.model else EvenScorer()
        scorer.words()  # loads the model before the clock starts, as a warm worker has
        rewriting = way.mode is Mode.REWRITE
        settings = CorrectSettings(
            mode="rewrite" if rewriting else "rescore", budget_s=_REWRITE_BUDGET_S if rewriting else way.budget_s
        )
        self._tools = CorrectTools(settings, load_vocabulary(OcrSettings().languages), scorer, self._model)
        self._processors = load_processors(settings, self._tools)

    def correct(self, readings: Readings) -> Answer:
        """The enhanced text, and what it took."""
        begun, begun_cpu = time.perf_counter(), time.process_time()
        if self._mode is Mode.TUTORIAL:
            text = self._rewrite_whole(join_text(readings))
        elif self._mode is Mode.UNGUARDED:
            text = "\n".join(self._rewrite_lines(reading) for reading in readings)
        else:
            text = correct_readings(readings, self._processors, self._tools.vocabulary).text
        return Answer(text, time.perf_counter() - begun, time.process_time() - begun_cpu)

    def _rewrite_whole(self, text: str) -> str:
        """One prompt, and the answer taken as it is."""
        with self._model.session() as session:
            most_tokens = int(_ROOM * len(session.tokenize(text)))
            return write_answer(session, INSTRUCTION, text, most_tokens, stop_loops=False)

    def _rewrite_lines(self, reading: Reading) -> str:
        """Batches of numbered lines as in the guarded way, and the answers taken as they are, less the numbers."""
        answers = (write_batch(self._model, reading, batch) for batch in cut_batches(reading))
        return "\n".join(_LINE_NUMBER.sub("", answer) for answer in answers)


CORRECTORS: dict[Way, Corrector] = {}
"""The worker process's correctors."""


def warm_up(way: Way) -> None:
    """Make a worker process ready."""
    CORRECTORS[way] = Corrector(way)


def run_one(way: Way, readings: Readings) -> Answer:
    """One document, in a worker process."""
    return CORRECTORS[way].correct(readings)


def run_way(way: Way, readings: Mapping[str, Readings], workers: int) -> dict[str, Answer]:
    """The answers by file."""
    with ProcessPoolExecutor(workers, initializer=warm_up, initargs=(way,)) as pool:
        return dict(zip(readings, pool.map(run_one, [way] * len(readings), readings.values()), strict=True))

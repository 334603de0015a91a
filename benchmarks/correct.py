#!/usr/bin/env python3
"""What correction mends and breaks, and what it costs: a table of ways, models and the tutorial's rewriting.

    benchmarks/correct.py FOLDER [--models A.gguf B.gguf] [--every N] [--start K] [--rewritten 6] [--workers 2]
                          [--second-opinion] [--readings FILE]

FOLDER holds images and a ``truth.jsonl`` whose lines have a "file" and its "words". The images are read once, by
Tesseract alone or with the second opinion (``--readings FILE`` keeps the readings and takes them from there), then
corrected in each way by ``--workers`` processes of one thread each, models already loaded. ``fixed`` is the share of
the words that were wrong, ``broken`` that of those that were right (words without order, in small letters);
``invented`` counts digit strings that stand neither in the raw text nor in the truth. Seconds are the median of a
document: by the clock on the wall, and of CPU, which hold on a busy machine too. The tutorial's way (the whole page
rewritten, its answer taken as it is) takes half a minute a page, so it is measured on ``--rewritten`` of the documents
alone; rescoring on the same ones stands beside it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from invoicewatch.config.settings import Config, CorrectSettings, ModelSettings, OcrSettings
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.rewrite import INSTRUCTION
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.vocabulary import load_vocabulary
from invoicewatch.model.warm import WarmModel
from invoicewatch.model.writing import write_answer
from invoicewatch.records import Document, LineScorer, Memory, Reading, join_text
from invoicewatch.wiring import build_tools

Mode = Literal["rescore", "rewrite", "unguarded"]
LANGUAGES = OcrSettings().languages


@dataclass(frozen=True)
class Way:
    """One row of the table."""

    name: str
    mode: Mode
    model: str | None
    budget_s: float = 5.0


class Answer(NamedTuple):
    """An enhanced text, and its seconds on the wall and of CPU."""

    text: str
    wall_s: float
    cpu_s: float


class NoModel:
    """A scorer that finds all equally likely: what is left is the channel and the vocabulary."""

    model_name = "none"

    def score(self, _prefix: str, candidates: Sequence[str]) -> tuple[float, ...]:
        """No candidate likelier than another."""
        return (0.0,) * len(candidates)

    def words(self) -> tuple[str, ...]:
        """None: there is no tokenizer."""
        return ()


class Corrector:
    """One way, ready to work; lives in a worker process."""

    def __init__(self, way: Way) -> None:
        self._model: WarmModel | None = None
        scorer: LineScorer = NoModel()
        if way.model:
            self._model = WarmModel(ModelSettings(path=way.model, threads=1))
            self._model.load()
            self._model.words()
            scorer = self._model
        mode: Literal["rescore", "rewrite"] = "rewrite" if way.mode == "rewrite" else "rescore"
        settings = CorrectSettings(mode=mode, budget_s=way.budget_s)
        self._tools = CorrectTools(settings, load_vocabulary(LANGUAGES), scorer, self._model)
        self._way = way

    def correct(self, readings: tuple[Reading, ...]) -> Answer:
        """The enhanced text, and what it took."""
        begun, begun_cpu = time.perf_counter(), time.process_time()
        if self._way.mode == "unguarded" and self._model is not None:
            with self._model.session() as session:
                text = join_text(readings)
                room = session.context_size - len(session.tokenize(text))
                enhanced = write_answer(session, INSTRUCTION, text, room, stop_loops=False)
        else:
            processors = load_processors(self._tools.settings, self._tools)
            enhanced = correct_readings(readings, processors, self._tools.vocabulary).text
        return Answer(enhanced, time.perf_counter() - begun, time.process_time() - begun_cpu)


CORRECTORS: dict[Way, Corrector] = {}
"""The worker process's correctors: loaded before the clock starts, as a warm worker's are."""


def warm_up(way: Way) -> None:
    CORRECTORS[way] = Corrector(way)


def run_one(way: Way, readings: tuple[Reading, ...]) -> Answer:
    return CORRECTORS[way].correct(readings)


def run_way(way: Way, readings: dict[str, tuple[Reading, ...]], workers: int) -> dict[str, Answer]:
    """The answers by file."""
    with ProcessPoolExecutor(workers, initializer=warm_up, initargs=(way,)) as pool:
        return dict(zip(readings, pool.map(run_one, [way] * len(readings), readings.values()), strict=True))


@dataclass
class Score:
    """Sums over documents."""

    wrong: int = 0
    right: int = 0
    fixed: int = 0
    broken: int = 0
    invented: int = 0

    def add(self, truth: Sequence[str], raw: str, enhanced: str) -> None:
        """Count one document."""
        wanted = Counter(word.casefold() for word in truth)
        before, after = Counter(raw.casefold().split()), Counter(enhanced.casefold().split())
        self.right += (wanted & before).total()
        self.wrong += wanted.total() - (wanted & before).total()
        for word, count in wanted.items():
            change = min(after[word], count) - min(before[word], count)
            self.fixed += max(0, change)
            self.broken += max(0, -change)
        known = {digits(word) for word in (*before, *wanted)} | {""}
        self.invented += sum(count for word, count in (after - before).items() if digits(word) not in known)


def digits(word: str) -> str:
    return re.sub(r"\D+", "", word)


def read_all(folder: Path, names: Sequence[str], kept: Path | None, second: str) -> dict[str, tuple[Reading, ...]]:
    """Every document's readings by file name."""
    found: dict[str, tuple[Reading, ...]] = pickle.loads(kept.read_bytes()) if kept and kept.exists() else {}
    tools = build_tools(Config(ocr=OcrSettings(second_opinion=second)), use_model=False)
    for name in names:
        if name not in found:
            path = folder / name
            found[name] = read_document(tools, Document(str(path), path.read_bytes(), "", "", datetime.now(UTC)))
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return {name: found[name] for name in names}


def read_document(tools: Any, document: Document) -> tuple[Reading, ...]:
    """As the pipeline reads it: the first engine, then the second where something is in doubt."""
    pages = tools.open_pages(document)
    read = [tools.read_page(pages, number) for number in range(1, len(pages.sizes) + 1)]
    readings = tuple(page.reading for page in read)
    fields = tools.find_fields(readings, pages.attachments, Memory(), document.arrived.date())
    doubts = tools.find_doubts(fields, readings)
    if doubts:
        read = [tools.read_again(pages, page, doubts) for page in read]
    pages.close()
    return tuple(page.reading for page in read)


def print_row(name: str, score: Score, answers: Sequence[Answer]) -> None:
    fixed, broken = score.fixed / max(1, score.wrong), score.broken / max(1, score.right)
    print(
        f"| {name} | {score.fixed} ({fixed:.1%}) | {score.broken} ({broken:.2%}) | {score.invented} "
        f"| {statistics.median(each.wall_s for each in answers):.2f} "
        f"| {statistics.median(each.cpu_s for each in answers):.2f} |",
        flush=True,
    )


def make_ways(models: Sequence[str], budget_s: float) -> tuple[list[Way], list[Way]]:
    """The rows over all documents, and those over the few that are rewritten."""
    names = {model: Path(model).name.removesuffix(".gguf") for model in models}
    fast = [Way("channel and vocabulary, no model", "rescore", None)]
    fast += [Way(f"rescoring, {names[model]}", "rescore", model, budget_s) for model in models]
    slow = [Way(f"rescoring, {names[model]}, the same documents", "rescore", model, budget_s) for model in models]
    for model in models:
        slow.append(Way(f"rewriting guarded, {names[model]}", "rewrite", model, budget_s=120.0))
        slow.append(Way(f"rewriting unguarded, {names[model]}", "unguarded", model))
    return fast, slow


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", nargs="*", default=["models/SmolLM2-135M-Instruct.Q4_1.gguf"])
    parser.add_argument("--every", type=int, default=1, help="take each N-th document")
    parser.add_argument("--start", type=int, default=0, help="beginning with this one")
    parser.add_argument("--rewritten", type=int, default=6, help="how many documents are rewritten, too")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--budget", type=float, default=5.0, help="[correct] budget_s of rescoring")
    parser.add_argument("--second-opinion", action="store_true")
    parser.add_argument("--readings", type=Path)
    options = parser.parse_args()
    lines = (options.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = {truth["file"]: truth["words"] for truth in map(json.loads, lines)}
    names = sorted(truths)[options.start :: options.every]
    second = OcrSettings().second_opinion if options.second_opinion else "none"
    readings = read_all(options.folder, names, options.readings, second)
    few = dict(list(readings.items())[:: max(1, len(readings) // max(1, options.rewritten))][: options.rewritten])
    report = make_report(truths, options.workers)
    print(f"{len(readings)} documents, {options.workers} workers of one thread, second opinion: {second}\n")
    print("| way | fixed | broken | invented | median s | CPU s |")
    print("| --- | --- | --- | --- | --- | --- |")
    report(Way("no correction", "rescore", None), readings, corrected=False)
    fast, slow = make_ways(options.models, options.budget)
    for way in fast:
        report(way, readings)
    if few:
        print(f"\n{len(few)} of them, rewriting too\n")
        for way in slow:
            report(way, few)


def make_report(truths: dict[str, list[str]], workers: int) -> Callable[..., None]:
    """A function that runs a way over readings and prints its row; with ``corrected=False``, that of the raw texts."""

    def report(way: Way, readings: dict[str, tuple[Reading, ...]], *, corrected: bool = True) -> None:
        untouched = {name: Answer(join_text(each), 0.0, 0.0) for name, each in readings.items()}
        answers = run_way(way, readings, workers) if corrected else untouched
        score = Score()
        for name, answer in answers.items():
            score.add(truths[name], untouched[name].text, answer.text)
        print_row(way.name, score, list(answers.values()))

    return report


if __name__ == "__main__":
    main()

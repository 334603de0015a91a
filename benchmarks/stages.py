"""Where the processor time of a page goes, by stage: the whole road in this process, one thread.

    python -m benchmarks.stages FILE... [--bare "-l eng --psm 6"] [--rounds 3]

Every file is read once ahead, so that models are loaded and shapes compiled; correction is off. A stage's own time
leaves out the stages within it. ``--bare`` reads the same pictures with the tesseract program, by turns. Milliseconds a
page, medians of the rounds. (What OpenVINO does inside a network: its own counters, ``PERF_COUNT``.)
"""

from __future__ import annotations

import argparse
import os
import resource
import shlex
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from functools import wraps
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from invoicewatch.config import Config
from invoicewatch.config.settings import CorrectSettings
from invoicewatch.pipeline import Tools, process
from invoicewatch.records import Memory
from invoicewatch.wiring import build_tools
from invoicewatch.workers.inputs import read_document

STAGES = {
    "decoding the image": ("pages.formats.images", "ImagePages._decode"),
    "preparing the page": ("pages.formats.images", "prepare_page"),
    "Tesseract": ("ocr.tesseract.engine", "TesseractEngine.read_in"),
    "telling the language": ("ocr.tesseract.engine", "TesseractEngine.find_languages"),
    "RapidOCR, finding lines": ("ocr.rapid.models", "RapidModels.detect"),
    "RapidOCR, reading lines": ("ocr.rapid.models", "RapidModels.recognise"),
    "cutting lines": ("ocr.rapid.engine", "cut_line"),
    "words of lines": ("ocr.rapid.engine", "split_words"),
    "what else lines may say": ("ocr.rapid.engine", "find_lattices"),
    "the second reading, the rest": ("reading.second", "_read_doubtful"),
    "fusing": ("reading.second", "fuse_readings"),
    "codes": ("reading.first", "add_codes"),
    "finding fields": ("wiring", "JudgeBox.find_fields"),
    "judging, items, looks": ("pipeline.road", "judge_fields"),
}
"""By what is told of it: a module below ``invoicewatch``, and the function in it that is timed."""

_spent: defaultdict[str, float] = defaultdict(float)
_calls: Counter[str] = Counter()
_inner: list[float] = []


def watch(name: str, module: str, path: str) -> None:
    """Have every call of a function counted under ``name``."""
    owner: Any = import_module(f"invoicewatch.{module}")
    *outer, last = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    setattr(owner, last, _time(name, getattr(owner, last)))


def _time(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        begun_s = time.thread_time()
        _inner.append(0.0)
        try:
            return function(*args, **kwargs)
        finally:
            took_s = time.thread_time() - begun_s
            _spent[name] += took_s - _inner.pop()
            _calls[name] += 1
            if _inner:
                _inner[-1] += took_s

    return timed


def read_all(files: list[Path], tools: Tools) -> int:
    """Walk the road with each file; returns the number of pages."""
    found = [process(read_document(file, sys.maxsize), tools, Memory(), date.today()) for file in files]  # noqa: DTZ011 - a day is enough
    return sum(len(invoice.page_sizes) for parts in found for invoice in parts)


def measure_bare(files: list[Path], options: list[str]) -> float:
    """Seconds of processor time of the tesseract program over ``files``."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for file in files:
        subprocess.run(["tesseract", file, "stdout", *options, "tsv"], check=True, env=environment, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(files: list[Path], tools: Tools, bare: list[str]) -> dict[str, float]:
    """One round: milliseconds a page by stage, of all, and of the bare program."""
    _spent.clear()
    _calls.clear()
    begun_s = time.process_time()
    pages = read_all(files, tools)
    _spent["all"] = time.process_time() - begun_s
    if bare:
        _spent["bare Tesseract"] = measure_bare(files, bare)
    return {name: 1000.0 * spent_s / pages for name, spent_s in _spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--bare", default="")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    for name, (module, path) in STAGES.items():
        watch(name, module, path)
    tools = build_tools(Config(correct=CorrectSettings(mode="off")), use_model=False)
    read_all(args.files, tools)
    rounds = [measure(args.files, tools, shlex.split(args.bare)) for _ in range(args.rounds)]
    print(f"| ms a page, {len(args.files)} files | |\n| --- | --- |")
    for name in (*STAGES, "all", "bare Tesseract"):
        if name in rounds[0]:
            print(f"| {name} | {median(each[name] for each in rounds):.0f} |")
    if args.bare:
        print(f"| ratio | {median(each['all'] / each['bare Tesseract'] for each in rounds):.2f} |")


if __name__ == "__main__":
    main()

"""The rows of ``speed.py`` that are no pages against bare Tesseract: a fresh process, a burst, and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.load import wait_for_records
from benchmarks.web_daemon import run_daemon
from benchmarks.worker_memory import PeakMemory

MODEL = Path(__file__).parents[1] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
COMMAND = str(Path(sys.executable).parent / "invoicewatch")


class Row(NamedTuple):
    """What was done, so many files, and what it took: seconds, and megabytes of the largest worker (0: not looked)."""

    what: str
    files: int
    wall_s: float
    worker_mb: int = 0

    def __str__(self) -> str:
        memory = f"{self.worker_mb}" if self.worker_mb else ""
        return f"| {self.what} | {self.files} | {self.wall_s:.2f} | {self.wall_s / self.files:.3f} | {memory} |"


HEADER = "| | files | seconds | seconds a file | largest worker, MB (PSS) |\n| --- | --- | --- | --- | --- |"


def measure_first(kind: str, file: Path, folder: Path, rounds: int) -> Row:
    """One file from the command's start to its end, the database there and all of it read before: the median."""
    environment = os.environ | {
        "INVOICEWATCH_PATHS__STATE": str(folder / "first"),
        "INVOICEWATCH_MODEL__PATH": str(MODEL),
    }
    command = [COMMAND, "process", "--again", "--json", str(file)]

    def run() -> float:
        begun_s = time.perf_counter()
        subprocess.run(command, check=False, env=environment, capture_output=True)
        return time.perf_counter() - begun_s

    with PeakMemory() as peak:  # which costs time, so that this run is not timed
        run()
    took = [run() for _ in range(rounds)]
    return Row(f"fresh process, one file, {kind}", 1, median(took), peak.largest_mb)


def measure_burst(kind: str, files: list[Path], count: int, folder: Path) -> Row:
    """So many files at once into the inbox of a daemon that has read each of ``files`` before, until all are recorded.

    Each is one of ``files`` with a few bytes more behind its end, which no reader of pictures minds.
    """
    base = folder / "burst"
    for name in ("inbox", "waiting"):
        (base / name).mkdir(parents=True)
    settings = f'[intake]\nsettle_s = 1.0\n[model]\npath = "{MODEL}"\n'
    (base / "config.toml").write_text(settings, encoding="utf-8")
    with run_daemon(base), PeakMemory() as peak:
        for file in files:
            shutil.copy(file, base / "inbox" / file.name)
        wait_for_records(base, len(files))
        waiting = [_make_twin(files[number % len(files)], base / "waiting", number) for number in range(count)]
        begun_s = time.perf_counter()
        for twin in waiting:
            twin.rename(base / "inbox" / twin.name)
        wait_for_records(base, len(files) + count)
        took_s = time.perf_counter() - begun_s
    return Row(f"burst on a warm daemon, {kind}", count, took_s, peak.largest_mb)


def _make_twin(file: Path, folder: Path, number: int) -> Path:
    twin = folder / f"{number}-{file.name}"
    twin.write_bytes(file.read_bytes() + b"\n%% %d\n" % number)
    return twin

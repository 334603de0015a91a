#!/usr/bin/env python3
"""Whether a worker's memory stays flat over thousands of documents of random shapes: megabytes of PSS.

    python -m benchmarks.memory [--documents 3000] [--seed 1] [--workers 2] [--every 100]

The real daemon with real workers, correction on, the model of ``models/``. Each document has another size and another
text, drawn by the seed: tills' rolls, pieces of paper, A4 at 72 to 320 dpi, square photographs, landscape, very long
lines, several pages in one file, PDFs with a text layer. They are handed in so many at a time; once all of these are
done, a row tells what each worker holds then and the most it held meanwhile, by ``/proc/PID/smaps_rollup``. What
several processes map together counts for each by its share.

In the end: how much a worker grew per thousand documents over the second half of the rows (least squares), the largest
moment, and how the workers map the model's file: shared, if each one's share is a part of what is in memory and none
has a changed copy. No worker may be replaced meanwhile, as that would give its memory back: exit code 1 if one was.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from benchmarks.memory_shapes import make_document
from benchmarks.speed_rows import MODEL
from benchmarks.web_daemon import run_daemon
from benchmarks.worker_memory import PeakMemory, find_mapping, find_pss_mb, list_workers

_OVER = ("recorded", "filed", "set_aside", "duplicate")


class Row(NamedTuple):
    """After so many documents and seconds: what each worker holds, by its process id, and the most it held since."""

    documents: int
    seconds: float
    held_mb: dict[int, int]
    peaks_mb: dict[int, int]

    def __str__(self) -> str:
        pairs = (f"{held} | {self.peaks_mb.get(pid, held)}" for pid, held in self.held_mb.items())
        return f"| {self.documents} | {self.seconds:.0f} | {' | '.join(pairs)} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=100, help="documents from row to row (default: 100)")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        base = Path(name)
        make_folders(base, options.workers)
        with run_daemon(base):
            return measure(base, options)


def make_folders(base: Path, workers: int) -> None:
    """The inbox, and settings that the daemon reads."""
    (base / "inbox").mkdir(parents=True)
    (base / "waiting").mkdir()
    settings = f'[intake]\nsettle_s = 1.0\n[workers]\ncount = {workers}\n[model]\npath = "{MODEL}"\n'
    (base / "config.toml").write_text(settings, encoding="utf-8")


def measure(base: Path, options: argparse.Namespace) -> int:
    """Print a row after each part of the documents, and what they say together; the exit code."""
    columns = "".join(f" worker {number}, MB | its largest moment |" for number in range(1, options.workers + 1))
    print(f"| documents | seconds |{columns}\n| --- | --- |{' --- | --- |' * options.workers}", flush=True)
    rows = []
    for row in read_parts(base, options):
        print(row, flush=True)
        rows.append(row)
    print(f"\ngrowth over the second half, MB a thousand documents: {describe_growth(rows)}")
    print(f"largest moment of a worker: {max(max(row.peaks_mb.values(), default=0) for row in rows)} MB")
    describe_mappings()
    replaced = len({pid for row in rows for pid in row.held_mb} - set(rows[0].held_mb))
    print(f"workers replaced: {replaced}")
    return 1 if replaced else 0


def read_parts(base: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Hand the documents in, a part at a time, and look at the workers after each."""
    begun_s = time.monotonic()
    bar = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True))
    with bar:
        task = bar.add_task("", total=options.documents)
        for first in range(0, options.documents, options.every):
            after = min(options.documents, first + options.every)
            with PeakMemory() as peak:
                hand_in(base, range(options.seed + first, options.seed + after))
                while (done := count_done(base)) < after:
                    bar.update(task, completed=done)
                    time.sleep(0.5)
            bar.update(task, completed=after)
            held = {pid: find_pss_mb(pid) for pid in list_workers()}
            yield Row(after, time.monotonic() - begun_s, held, peak.peaks_mb)


def hand_in(base: Path, seeds: range) -> None:
    """Write the documents of these seeds elsewhere, and move each into the inbox once it is whole."""
    for seed in seeds:
        name, content = make_document(seed)
        waiting = base / "waiting" / name
        waiting.write_bytes(content)
        waiting.rename(base / "inbox" / name)


def count_done(base: Path) -> int:
    """How many documents the daemon has recorded or set aside."""
    connection = sqlite3.connect(f"file:{base}/state/invoicewatch.db?mode=ro", uri=True, timeout=30)
    try:
        places = ", ".join("?" * len(_OVER))
        return int(connection.execute(f"SELECT count(*) FROM file WHERE state IN ({places})", _OVER).fetchone()[0])
    finally:
        connection.close()


def describe_growth(rows: list[Row]) -> str:
    """Of each worker that lived through the second half, in MB a thousand documents, by least squares."""
    half = rows[len(rows) // 2 :]
    if len(half) < 3:  # noqa: PLR2004 - a line through two points says nothing of what scatters about it
        return "too few rows"
    documents = [row.documents / 1000 for row in half]
    alive = [pid for pid in half[0].held_mb if all(pid in row.held_mb for row in half)]
    return ", ".join(f"{np.polyfit(documents, [row.held_mb[pid] for row in half], 1)[0]:+.1f}" for pid in alive)


def describe_mappings() -> None:
    """Print what each worker maps of the model's file."""
    for pid in list_workers():
        for file in sorted(MODEL.parent.glob("*.gguf")):
            found = find_mapping(pid, file)
            if found.resident_mb:
                print(
                    f"worker {pid} maps {file.name}: {found.resident_mb} MB in memory, its share {found.share_mb} MB, "
                    f"changed {found.private_dirty_mb} MB"
                )


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Seconds a page by stage, and the ratio to bare Tesseract on the same images in the same run.

    benchmarks/speed.py IMAGE... [--bare "-l eng --psm 6"] [--ocrmypdf] [--processes 2] [--rounds 3]

The same work in rounds, each column once a round and the loads once, so that other load on the machine hits all alike;
the medians of the rounds are printed, and the ratios are medians of each round's own ratio.

``bare`` runs the tesseract program on each page, as many at a time as there are processes, and writes the same table
of words that ours asks for. ``ours`` is ``invoicewatch process --json --no-store`` with correction off, all files in
one command, less what it costs that command to start, to load its engines and to compile their models: the cost of the
same command over one blank page a worker (on a blank page the first engine finds nothing, so that the second is loaded,
with all shapes of lines that it compiles at its load, and looks for text once). A worker lives for years and pays that
once. ``ocrmypdf``, if asked for and installed, makes a searchable PDF of each page. Wall clock, and CPU time beside it,
which holds on a busy machine too; stages are what the command itself reports.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

from PIL import Image

STAGES = ("load_s", "ocr_s", "extract_s", "extract_cpu_s", "total_s")


def explode(files: list[Path], folder: Path) -> list[Path]:
    """Every page as a file of its own: bare Tesseract reads the pages of a TIFF one after the other."""
    pages = []
    for file in files:
        with Image.open(file) as image:
            frames = getattr(image, "n_frames", 1)
            if frames == 1:
                pages.append(file)
                continue
            for frame in range(frames):
                image.seek(frame)
                page = folder / f"{file.stem}-{frame}.png"
                image.convert("L").save(page, dpi=image.info.get("dpi", (200, 200)))
                pages.append(page)
    return pages


class Cost(NamedTuple):
    """Seconds by the clock on the wall, and of CPU in all processes."""

    wall_s: float
    cpu_s: float

    def plus(self, other: Cost, sign: int = 1) -> Cost:
        """Both together, or with a sign of -1 what one costs more than the other."""
        return Cost(self.wall_s + sign * other.wall_s, self.cpu_s + sign * other.cpu_s)


class Round(NamedTuple):
    """What each column cost once, what was subtracted from ours, and the timings that ours reported."""

    costs: dict[str, Cost]
    start: Cost
    stages: list[dict[str, float]]


def now() -> Cost:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.monotonic(), spent.ru_utime + spent.ru_stime)


def run_all(commands: list[list[str]], processes: int) -> Cost:
    """The cost of running all ``commands``, so many at a time, each on one thread."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    begun = now()
    with ThreadPoolExecutor(processes) as pool:
        runs = pool.map(lambda each: subprocess.run(each, check=False, env=environment, capture_output=True), commands)
        for done in runs:
            if done.returncode:
                sys.exit(f"{shlex.join(done.args)} failed: {done.stderr.decode()[-300:]}")
    return now().plus(begun, -1)


def run_ours(files: list[Path], processes: int) -> tuple[Cost, list[dict[str, float]]]:
    """The cost of the command over ``files``, and each document's timings."""
    environment = os.environ | {"INVOICEWATCH_CORRECT__MODE": "off", "INVOICEWATCH_WORKERS__COUNT": str(processes)}
    command = [str(Path(sys.executable).parent / "invoicewatch"), "process", "--json", "--no-store", *map(str, files)]
    begun = now()
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    return now().plus(begun, -1), [json.loads(line)["timings"] for line in done.stdout.splitlines()]


def measure_start(folder: Path, processes: int) -> Cost:
    """What it costs the command to start, load its engines and read next to nothing on every worker."""
    blanks = []
    for number in range(processes):
        blank = folder / f"blank{number}.png"
        Image.new("L", (200, 200 + number), 255).save(blank)
        blanks.append(blank)
    return run_ours(blanks, processes)[0]


def run_ocrmypdf(pages: list[Path], folder: Path, processes: int) -> Cost:
    """The cost of a searchable PDF of each page."""
    options = ["-q", "-j1", "--image-dpi", "200", "-l", "eng+deu+fra"]
    return run_all([["ocrmypdf", *options, str(page), str(folder / f"{page.stem}.pdf")] for page in pages], processes)


def measure_round(files: list[Path], pages: list[Path], folder: Path, args: argparse.Namespace) -> Round:
    """Every column once."""
    bare = [["tesseract", str(page), "stdout", *shlex.split(args.bare), "tsv"] for page in pages]
    costs = {"bare": run_all(bare, args.processes)}
    start = measure_start(folder, args.processes)
    whole, stages = run_ours(files, args.processes)
    costs["ours"] = whole.plus(start, -1)
    if args.ocrmypdf and shutil.which("ocrmypdf"):
        costs["ocrmypdf"] = run_ocrmypdf(pages, folder, args.processes)
    return Round(costs, start, stages)


def print_table(rounds: list[Round], pages: int) -> None:
    """Medians over the rounds, a row for each column of work."""
    print("| | seconds a page | against bare | CPU seconds a page | against bare |\n| --- | --- | --- | --- | --- |")
    for who in rounds[0].costs:
        walls = [each.costs[who].wall_s for each in rounds]
        cpus = [each.costs[who].cpu_s for each in rounds]
        to_wall = median(wall / each.costs["bare"].wall_s for wall, each in zip(walls, rounds, strict=True))
        to_cpu = median(cpu / each.costs["bare"].cpu_s for cpu, each in zip(cpus, rounds, strict=True))
        print(f"| {who} | {median(walls) / pages:.2f} | {to_wall:.2f} | {median(cpus) / pages:.2f} | {to_cpu:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", nargs="+", type=Path)
    parser.add_argument("--bare", default="-l eng --psm 6")
    parser.add_argument("--ocrmypdf", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = explode(args.images, folder)
        rounds = [measure_round(args.images, pages, folder, args) for _ in range(args.rounds)]
    load = median(each.start.wall_s for each in rounds), median(each.start.cpu_s for each in rounds)
    print(f"{len(pages)} pages, {args.processes} at a time, {args.rounds} rounds; bare = tesseract {args.bare}")
    print(f"subtracted from ours, once a run: {load[0]:.1f} s, {load[1]:.1f} s of CPU\n")
    print_table(rounds, len(pages))
    stages = [stage for each in rounds for stage in each.stages]
    count = len(pages) * args.rounds
    each = ", ".join(f"{stage} {sum(timing.get(stage, 0.0) for timing in stages) / count:.3f}" for stage in STAGES)
    print(f"\nours by stage, seconds a page of one worker: {each}")


if __name__ == "__main__":
    main()

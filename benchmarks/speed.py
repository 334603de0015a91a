#!/usr/bin/env python3
"""Seconds a page by stage, and the ratio to bare Tesseract on the same images in the same run.

    benchmarks/speed.py IMAGE... [--bare "-l eng --psm 6"] [--ocrmypdf] [--processes 2] [--rounds 1]

Three columns of the same work, side by side by turns so that other load on the machine hits all alike:
``bare`` runs the tesseract program on each file and page, as many at a time as there are processes;
``ours`` is ``invoicewatch process --json --no-store`` with correction off, all files in one command, the time to start
it and to load the engines (measured by a run over one blank page a worker) subtracted; ``ocrmypdf``, if asked for and
installed, makes a searchable PDF of each. Wall clock, and CPU time beside it, which holds on a busy machine too;
stages are what the command itself reports.
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
from typing import NamedTuple

from PIL import Image

STAGES = ("load_s", "ocr_s", "extract_s", "total_s")


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", nargs="+", type=Path)
    parser.add_argument("--bare", default="-l eng --psm 6")
    parser.add_argument("--ocrmypdf", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    spent = {"bare": Cost(0, 0), "ours": Cost(0, 0)}
    stages: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = explode(args.images, folder)
        start = measure_start(folder, args.processes)
        for _ in range(args.rounds):
            bare = [["tesseract", str(page), "stdout", *shlex.split(args.bare), "tsv"] for page in pages]
            spent["bare"] = spent["bare"].plus(run_all(bare, args.processes))
            cost, timings = run_ours(args.images, args.processes)
            spent["ours"] = spent["ours"].plus(cost).plus(start, -1)
            stages += timings
            if args.ocrmypdf and shutil.which("ocrmypdf"):
                theirs = [
                    [
                        "ocrmypdf",
                        "-q",
                        "-j1",
                        "--image-dpi",
                        "200",
                        "-l",
                        "eng+deu+fra",
                        str(page),
                        str(folder / "out.pdf"),
                    ]
                    for page in pages
                ]
                spent["ocrmypdf"] = spent.get("ocrmypdf", Cost(0, 0)).plus(run_all(theirs, args.processes))
    count = len(pages) * args.rounds
    print(
        f"{len(pages)} pages, {args.processes} at a time; bare = tesseract {args.bare}; start: {start.wall_s:.1f} s\n"
    )
    print("| | seconds a page | against bare | CPU seconds a page | against bare |\n| --- | --- | --- | --- | --- |")
    for who, cost in spent.items():
        wall, cpu = cost.wall_s / spent["bare"].wall_s, cost.cpu_s / spent["bare"].cpu_s
        print(f"| {who} | {cost.wall_s / count:.2f} | {wall:.2f} | {cost.cpu_s / count:.2f} | {cpu:.2f} |")
    each = ", ".join(f"{stage} {sum(timing.get(stage, 0.0) for timing in stages) / count:.3f}" for stage in STAGES)
    print(f"\nours by stage, seconds a page of one worker: {each}")


if __name__ == "__main__":
    main()

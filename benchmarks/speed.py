#!/usr/bin/env python3
"""Seconds a page by stage, and the ratio to bare Tesseract on the same images in the same run.

    python -m benchmarks.speed IMAGE... [--bare "-l eng --psm 6"] [--ocrmypdf] [--processes 2] [--rounds 3]
    python -m benchmarks.speed --kind receipts A.jpg ... --kind photographs B.jpg ... --kind text C.pdf ...
        [--without-amx] [--first] [--burst 200]

The same work in rounds, each column once a round and the loads once, so that other load on the machine hits all alike;
the medians of the rounds are printed, and the ratios are medians of each round's own ratio. Each kind of pages has its
own table: receipts, clean A4, bad scans, photographs, text layers, as they are named and given.

``bare`` runs the tesseract program on each page, as many at a time as there are processes, and writes the same table
of words that ours asks for; it has none of PDFs, which are read by their text layer. ``ours`` is ``invoicewatch process
--json --no-store`` with correction off, all files in one command, less what it costs that command to start, to load its
engines and to compile their models: the cost of the same command over one blank page a worker (on a blank page the
first engine finds nothing, so that the second is loaded, with all shapes of lines that it compiles at its load, and
looks for text once), or, where all files are PDFs, over one line of a text layer a worker, for which no engine is
loaded. A worker lives for years and pays that once. ``ours_avx2``, if asked for by ``--without-amx``, is the same with
OpenVINO held to what a processor without AMX and AVX-512 has. ``ocrmypdf``, if asked for, makes a searchable PDF of
each page; it must be on the PATH. Wall clock, and CPU time beside it, which holds on a busy machine too; stages are
what the command itself reports.

``--first`` adds what one file takes from the start of a fresh command to its end, once the machine has seen it before;
``--burst`` what so many files take on a warm daemon that gets them at once. Both say how large a worker became.
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
from typing import Any, NamedTuple

from fpdf import FPDF
from PIL import Image

from benchmarks.speed_rows import HEADER, measure_burst, measure_first

WITHOUT_AMX = {"OV_CPU_MAX_ISA": "AVX2"}
STAGES = ("load_s", "ocr_s", "extract_s", "extract_cpu_s", "total_s")


def explode(files: list[Path], folder: Path) -> list[Path]:
    """Every page as a file of its own: bare Tesseract reads the pages of a TIFF one after the other."""
    pages = []
    for file in files:
        if is_pdf(file):
            continue
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


def is_pdf(file: Path) -> bool:
    """Told by its name; its text layer is read, which bare Tesseract cannot."""
    return file.suffix.lower() == ".pdf"


class Cost(NamedTuple):
    """Seconds by the clock on the wall, and of CPU in all processes."""

    wall_s: float
    cpu_s: float

    def plus(self, other: Cost, sign: int = 1) -> Cost:
        """Both together, or with a sign of -1 what one costs more than the other."""
        return Cost(self.wall_s + sign * other.wall_s, self.cpu_s + sign * other.cpu_s)


class Round(NamedTuple):
    """What each column cost once, what was subtracted from ours, what ours reported, and of how many pages."""

    costs: dict[str, Cost]
    start: Cost
    stages: list[dict[str, float]]
    pages: int


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


def run_ours(files: list[Path], processes: int, **more: str) -> tuple[Cost, list[dict[str, Any]]]:
    """The cost of the command over ``files`` with ``more`` in its environment, and the records that it printed."""
    settings = {"INVOICEWATCH_CORRECT__MODE": "off", "INVOICEWATCH_WORKERS__COUNT": str(processes)}
    environment = os.environ | settings | more
    command = [str(Path(sys.executable).parent / "invoicewatch"), "process", "--json", "--no-store", *map(str, files)]
    begun = now()
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    return now().plus(begun, -1), [json.loads(line) for line in done.stdout.splitlines()]


def measure_start(folder: Path, processes: int, *, text: bool, **more: str) -> Cost:
    """What it costs the command to start, load what it needs and read next to nothing on every worker.

    ``text``: of PDFs with a text layer, for which no engine is loaded; else of pictures.
    """
    blanks = []
    for number in range(processes):
        blank = folder / f"blank{number}.{'pdf' if text else 'png'}"
        if text:
            write_line(blank, f"This page number {number} has a single line of text, and nothing to be found in it.")
        else:
            Image.new("L", (200, 200 + number), 255).save(blank)
        blanks.append(blank)
    return run_ours(blanks, processes, **more)[0]


def write_line(path: Path, line: str) -> None:
    """A PDF of one page with a text layer of one line."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.text(20, 20, line)
    pdf.output(str(path))


def run_ocrmypdf(pages: list[Path], folder: Path, processes: int) -> Cost:
    """The cost of a searchable PDF of each page."""
    options = ["-q", "-j1", "--image-dpi", "200", "-l", "eng+deu+fra"]
    return run_all([["ocrmypdf", *options, str(page), str(folder / f"{page.stem}.pdf")] for page in pages], processes)


def measure_round(files: list[Path], pages: list[Path], folder: Path, args: argparse.Namespace) -> Round:
    """Every column once."""
    bare = [["tesseract", str(page), "stdout", *shlex.split(args.bare), "tsv"] for page in pages]
    costs = {"bare": run_all(bare, args.processes)} if pages else {}
    workers, text = min(args.processes, len(files)), not pages
    start = measure_start(folder, workers, text=text)
    whole, records = run_ours(files, args.processes)
    costs["ours"] = whole.plus(start, -1)
    if args.without_amx:
        whole = run_ours(files, args.processes, **WITHOUT_AMX)[0]
        begun = measure_start(folder, workers, text=text, **WITHOUT_AMX)
        costs["ours_avx2"] = whole.plus(begun, -1)
    if args.ocrmypdf and pages:
        costs["ocrmypdf"] = run_ocrmypdf(pages, folder, args.processes)
    stages = [record["timings"] for record in records]
    return Round(costs, start, stages, len(pages) or sum(len(record["page_sizes"]) for record in records))


def print_table(rounds: list[Round]) -> None:
    """Medians over the rounds, a row for each column of work."""
    print("| | seconds a page | against bare | CPU seconds a page | against bare |\n| --- | --- | --- | --- | --- |")
    pages = rounds[0].pages
    for who in rounds[0].costs:
        wall, cpu = (median(each.costs[who][part] for each in rounds) / pages for part in (0, 1))
        to_wall, to_cpu = (find_ratio(rounds, who, part) for part in (0, 1))
        print(f"| {who} | {wall:.2f} | {to_wall} | {cpu:.2f} | {to_cpu} |")


def find_ratio(rounds: list[Round], who: str, part: int) -> str:
    """The median of each round's own ratio to bare Tesseract; empty where that read nothing."""
    if "bare" not in rounds[0].costs:
        return ""
    return f"{median(each.costs[who][part] / each.costs['bare'][part] for each in rounds):.2f}"


def measure_kind(kind: str, files: list[Path], args: argparse.Namespace) -> None:
    """Print the table of one kind of pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = explode(files, folder)
        rounds = [measure_round(files, pages, folder, args) for _ in range(args.rounds)]
    load = median(each.start.wall_s for each in rounds), median(each.start.cpu_s for each in rounds)
    count = rounds[0].pages
    print(f"{kind}: {count} pages, {args.processes} at a time, {args.rounds} rounds; bare = tesseract {args.bare}")
    print(f"subtracted from ours, once a run: {load[0]:.1f} s, {load[1]:.1f} s of CPU\n")
    print_table(rounds)
    stages = [stage for each in rounds for stage in each.stages]
    total = count * args.rounds
    each = ", ".join(f"{stage} {sum(timing.get(stage, 0.0) for timing in stages) / total:.3f}" for stage in STAGES)
    print(f"\nours by stage, seconds a page of one worker: {each}\n", flush=True)


def print_rows(kinds: dict[str, list[Path]], args: argparse.Namespace) -> None:
    """Print what one file of each kind, and a burst of each, takes from start to end."""
    print(HEADER)
    for kind, files in kinds.items():
        with tempfile.TemporaryDirectory() as name:
            if args.first:
                print(measure_first(kind, files[0], Path(name), max(1, args.rounds)), flush=True)
            if args.burst:
                print(measure_burst(kind, files, args.burst, Path(name)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", nargs="*", type=Path)
    parser.add_argument("--kind", nargs="+", action="append", default=[], metavar=("NAME", "FILE"))
    parser.add_argument("--bare", default="-l eng --psm 6")
    parser.add_argument("--ocrmypdf", action="store_true")
    parser.add_argument("--without-amx", action="store_true")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--burst", type=int, default=0, metavar="FILES")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    kinds = {name: [Path(file) for file in files] for name, *files in args.kind if files}
    kinds |= {"pages": args.images} if args.images else {}
    if not kinds:
        parser.error("name some files")
    if args.ocrmypdf and not shutil.which("ocrmypdf"):
        parser.error("ocrmypdf is not installed")
    if args.rounds:
        for kind, files in kinds.items():
            measure_kind(kind, files, args)
    if args.first or args.burst:
        print_rows(kinds, args)


if __name__ == "__main__":
    main()

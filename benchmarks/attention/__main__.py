"""Questions of a hundred documents, accepted and wrong, over a stream in order of arrival, with the memory and without.

    python -m benchmarks.attention [--count 2000] [--sellers 120] [--ocr N] [--kept KEPT --data DATA] [--out FOLDER]

The stream is generated: sellers with a paper of their own (a tenth of them shares its neighbour's), rhythms, prices;
three documents in ten are bad scans, one in twenty is its seller's first on a new paper, and accounts change. A clerk
answers with the truth what the record asks (``questions`` of the JSON), and nothing else. Every document is read once
(as engines misread; ``--ocr N`` draws, scans and really reads N of them, some 3 s each) and goes down the real road
and into a real database twice: with what was learned until then, and with nothing. With --kept and --data the sets'
own sellers that come three times or more are a second stream. Figures go to ``attention.json``, the curve to
``attention.svg``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.attention.clerk import Outcome, work_through
from benchmarks.attention.curve import draw_curves
from benchmarks.attention.figures import WINDOW, format_figures, sum_up
from benchmarks.attention.scans import read_scans
from benchmarks.attention.sellers import OFFICE
from benchmarks.attention.stream import Arrival, find_recurring, generate_stream
from invoicewatch.records import Reading


def main() -> int:
    options = _parse_arguments()
    scans = read_scans(options.ocr, options.count, options.sellers, options.seed, 2) if options.ocr else {}
    streams = {"generated": partial(_make_generated, options, scans)}
    if options.kept and options.data:
        streams["own sellers"] = partial(_make_recurring, options)
    names = {True: "with memory", False: "without"}
    figures: dict[str, dict[str, object]] = {}
    with ProcessPoolExecutor(2) as pool:
        runs = {
            (stream, remembers): pool.submit(_run, make, remembers, (OFFICE,) if stream == "generated" else ())
            for stream, make in streams.items()
            for remembers in names
        }
        for (stream, remembers), run in runs.items():
            summed = sum_up(run.result())
            print(format_figures(f"{stream}, {names[remembers]}", summed), flush=True)
            figures.setdefault(stream, {})[names[remembers]] = summed
    curves = {name: summed["over_time"] for name, summed in figures["generated"].items()}  # type: ignore[index]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "attention.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    title = f"Questions for {WINDOW} documents"
    (options.out / "attention.svg").write_text(draw_curves(title, curves), encoding="utf-8")
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--sellers", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ocr", type=int, default=0, metavar="N", help="really read so many of the scans")
    parser.add_argument("--kept", type=Path, help="readings of the sets, as benchmarks/learn/keep.py keeps them")
    parser.add_argument("--data", type=Path, help="the sets' folder, for their truth")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1])
    return parser.parse_args()


def _make_generated(options: argparse.Namespace, scans: dict[str, tuple[Reading, ...]]) -> Iterable[Arrival]:
    return generate_stream(options.count, options.sellers, options.seed, scans)


def _make_recurring(options: argparse.Namespace) -> Iterable[Arrival]:
    return find_recurring(options.kept, options.data)


def _run(make: partial[Iterable[Arrival]], remembers: bool, office: tuple[str, ...]) -> list[Outcome]:
    return work_through(make(), remembers=remembers, office=office)


if __name__ == "__main__":
    sys.exit(main())

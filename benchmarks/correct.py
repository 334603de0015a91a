#!/usr/bin/env python3
"""What correction mends and breaks, and what it costs, beside the tutorial's way in the same run.

    python -m benchmarks.correct FOLDER [--models A.gguf B.gguf] [--every N] [--start K] [--rewritten 8] [--workers 2]
                                 [--second-opinion] [--readings FILE]

FOLDER holds images and a ``truth.jsonl`` whose lines have a "file" and its "words". The images are read once, by
Tesseract alone or with the second opinion (``--readings FILE`` keeps the readings and takes them from there), then
corrected in each way by ``--workers`` processes of one thread each, models already loaded. ``fixed`` is the share of
the words that were wrong, ``broken`` that of those that were right (words without order, in small letters);
``invented`` counts digit strings that stand neither in the raw text nor in the truth. Seconds are the median of a
document: by the clock on the wall, and of CPU, which hold on a busy machine too.

The quick ways run over all documents. Rewriting takes half a minute a page, so a second table has all ways side by
side over ``--rewritten`` of them: rewriting in batches with the guard, the same answers taken as they are, and the
tutorial's way, which is the whole page in one prompt, at most one and a half times its length for the answer, taken
as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.correct_readings import read_all
from benchmarks.correct_ways import Answer, Mode, Readings, Way, run_way
from invoicewatch.config.settings import OcrSettings
from invoicewatch.correct.score import WordScore, score_words
from invoicewatch.records import join_text


class Row(NamedTuple):
    """A way's worth and its median seconds."""

    score: WordScore
    wall_s: float
    cpu_s: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", nargs="*", default=["models/SmolLM2-135M-Instruct.Q4_1.gguf"])
    parser.add_argument("--every", type=int, default=1, help="take each N-th document")
    parser.add_argument("--start", type=int, default=0, help="beginning with this one")
    parser.add_argument("--rewritten", type=int, default=8, help="how many documents are rewritten, too; 0 for none")
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
    quick = [Way(Mode.CHANNEL), *(Way(Mode.RESCORE, model, options.budget) for model in options.models)]
    slow = [Way(mode, model) for model in options.models for mode in (Mode.REWRITE, Mode.UNGUARDED, Mode.TUTORIAL)]
    print(f"{options.workers} workers of one thread, second opinion: {second}, {describe_load()}.")
    print_table(quick, readings, truths, options.workers)
    if options.rewritten:
        few = dict(islice(readings.items(), 0, None, max(1, len(readings) // options.rewritten)))
        few = dict(islice(few.items(), options.rewritten))
        print_comparison(print_table([*quick, *slow], few, truths, options.workers))
    print(f"At the end: {describe_load()}.")


def describe_load() -> str:
    """What else the machine does."""
    minute, _, quarter = os.getloadavg()
    return f"load average {minute:.1f} over a minute and {quarter:.1f} over a quarter of an hour"


def print_table(
    ways: Sequence[Way], readings: Mapping[str, Readings], truths: Mapping[str, list[str]], workers: int
) -> dict[Way, Row]:
    """Run each way over the same documents and print its row."""
    untouched = {name: Answer(join_text(each)) for name, each in readings.items()}
    raw = judge(untouched, untouched, truths)
    print(f"\n{len(readings)} documents, {raw.score.wrong} words wrong and {raw.score.right} right\n")
    print("| way | fixed | broken | invented | median s | median CPU s |")
    print("| --- | --- | --- | --- | --- | --- |")
    print_row("no correction", raw)
    rows = {}
    for way in ways:
        rows[way] = judge(untouched, run_way(way, readings, workers), truths)
        print_row(way.name, rows[way])
    return rows


def judge(raw: Mapping[str, Answer], answers: Mapping[str, Answer], truths: Mapping[str, list[str]]) -> Row:
    scores = (score_words(truths[name], raw[name].text, answer.text) for name, answer in answers.items())
    wall_s = statistics.median(answer.wall_s for answer in answers.values())
    return Row(sum(scores, WordScore()), wall_s, statistics.median(answer.cpu_s for answer in answers.values()))


def print_row(name: str, row: Row) -> None:
    score = row.score
    print(
        f"| {name} | {score.fixed} ({score.fixed_share:.1%}) | {score.broken} ({score.broken_share:.2%}) "
        f"| {score.invented} | {row.wall_s:.2f} | {row.cpu_s:.2f} |",
        flush=True,
    )


def print_comparison(rows: Mapping[Way, Row]) -> None:
    """Say for each model how much faster rescoring is than the tutorial's way, and what both are worth."""
    print()
    for way, row in rows.items():
        if way.mode is Mode.RESCORE:
            tutorial = rows[Way(Mode.TUTORIAL, way.model)]
            faster, cheaper = tutorial.wall_s / row.wall_s, tutorial.cpu_s / row.cpu_s
            print(
                f"{way.name} is {faster:.0f} times faster than the tutorial's way ({cheaper:.0f} times in CPU time): "
                f"it {describe_worth(row.score)}; the tutorial's way {describe_worth(tutorial.score)}."
            )


def describe_worth(score: WordScore) -> str:
    return (
        f"fixes {score.fixed_share:.1%} of the wrong words, breaks {score.broken_share:.2%} of the right ones "
        f"and invents {score.invented} figures"
    )


if __name__ == "__main__":
    main()

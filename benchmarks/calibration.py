#!/usr/bin/env python3
"""Does a confidence of .9 mean right nine times in ten?

    calibration.py TRUTH.jsonl PREDICTIONS.jsonl [TRUTH PREDICTIONS ...]

Compares what ``invoicewatch process --json`` said with the truth, by steps of confidence, for total and date of issue.
What makes it so is fitted by ``benchmarks/learn/belief.py``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any

STEPS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.97, 0.99, 1.01)
BINS = 10
FIELDS = ("total", "issue_date")


def is_same(truth: str, value: str) -> bool:
    try:
        return Decimal(truth) == Decimal(value)
    except InvalidOperation:
        return truth == value


def print_table(name: str, rated: Iterable[tuple[float, bool]]) -> None:
    pairs = list(rated)
    print(f"\n{name}\n\n| confidence | answers | said | right |\n| --- | --- | --- | --- |")
    for low, high in pairwise(STEPS):
        inside = [(said, right) for said, right in pairs if low <= said < high]
        if inside:
            said = sum(s for s, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            print(f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {said:.3f} | {right:.3f} |")


def measure_error(rated: Iterable[tuple[float, bool]]) -> float:
    """How far what was said lies from what was right: the mean over ten bins of equally many answers."""
    pairs = sorted(rated)
    edges = [len(pairs) * n // BINS for n in range(BINS + 1)]
    apart = 0.0
    for low, high in pairwise(edges):
        apart += abs(sum(said - right for said, right in pairs[low:high]))
    return apart / max(1, len(pairs))


def show_table(files: Sequence[Path]) -> None:
    rated: dict[str, list[tuple[float, bool]]] = {name: [] for name in FIELDS}
    for truth_file, predictions in zip(files[::2], files[1::2], strict=True):
        truths = {PurePath(line["file"]).stem: line["fields"] for line in read_lines(truth_file)}
        for line in read_lines(predictions):
            truth = truths.get(PurePath(line["path"]).stem, {})
            for name, pairs in rated.items():
                field = line["fields"].get(name)
                if field and truth.get(name):
                    pairs.append((field["confidence"], is_same(truth[name], field["value"])))
    for name, pairs in rated.items():
        print_table(name, pairs)


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="TRUTH PREDICTIONS")
    show_table(parser.parse_args().files)


if __name__ == "__main__":
    main()

"""Counts from which confidence on each further field is no mere guess.

    python -m benchmarks.learn.sure --data DATA PREDICTIONS_FOLDER

PREDICTIONS_FOLDER holds what ``benchmarks/unseen.py --out`` kept: predictions on sources that no ranking had seen.
Prints a line a field, and writes ``invoicewatch/extract/weights/sure.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.learn.documents import find_truths, is_right
from invoicewatch.extract.weights.sure import Sure, SureFrom

WEIGHTS = Path(__file__).resolve().parents[2] / "invoicewatch" / "extract" / "weights"
MOST_WRONG = 0.03  # of the answers that are called sure
LEAST = 20  # answers, below which nothing is called sure but what is proved
LOWEST = 0.5  # what is as likely wrong as right is a guess, however lucky it was
NOT_THESE = frozenset({"total", "issue_date"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    answers: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for file in sorted(args.predictions.glob("*.jsonl")):
        for name, confidence, right in _read(file, find_truths(args.data, file.stem)):
            answers[name].append((confidence, right))
    fields = {name: find_sure(each) for name, each in sorted(answers.items())}
    for name, sure in fields.items():
        print(
            f"{name:20s} of {len(answers[name]):4d} sure {sure.count:4d} from {sure.threshold:.3f}, wrong {sure.wrong}"
        )
    provenance = {"fitted": date.today().isoformat(), "by": "benchmarks/learn/sure.py"}  # noqa: DTZ011 - a day
    content = msgspec.json.encode(Sure(provenance, fields))
    (WEIGHTS / "sure.json").write_bytes(msgspec.json.format(content, indent=1) + b"\n")
    return 0


def find_sure(answers: Sequence[tuple[float, bool]]) -> SureFrom:
    """The lowest confidence from which on few enough answers are wrong; above any where there is none."""
    ordered = sorted(answers, key=lambda each: -each[0])
    best, wrong = SureFrom(1.0, 0, 0), 0
    for count, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        last = count == len(ordered) or ordered[count][0] < confidence
        if last and confidence >= LOWEST and count >= LEAST and wrong <= MOST_WRONG * count:
            best = SureFrom(confidence, count, wrong)
    return best


def _read(file: Path, truths: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, float, bool]]:
    for line in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        truth = truths.get(Path(line["path"]).stem, {"fields": {}})
        for name, value in truth["fields"].items():
            field = line["fields"].get(name)
            if value is not None and field is not None and name not in NOT_THESE:
                yield name, field["confidence"], is_right(truth, name, str(field["value"]))


if __name__ == "__main__":
    raise SystemExit(main())

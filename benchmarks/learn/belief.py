"""Fits how far total and date of issue are believed, what proves them, and what may be promised of what is accepted.

    python -m benchmarks.learn.belief --kept KEPT --data DATA [--dry]

Prints, on sources that were left out: how many documents are accepted and how many of these are wrong, by source and by
kind of reading; how often answers of each confidence were right; and each rule of proof with its errors. Writes
``total_belief.json``, ``issue_date_belief.json``, ``proofs.json`` and ``promise.json`` into
``invoicewatch/extract/weights``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.calibration import measure_error, print_table
from benchmarks.learn.answers import BELIEVED, NOBODY, gather_answers
from benchmarks.learn.questions import QUESTIONS, gather_examples
from benchmarks.learn.trust import Judged, fit_trust, judge_left_out, make_promise, write_trust
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.weights.binomial import find_upper_bound
from invoicewatch.extract.weights.promise import Promise
from invoicewatch.extract.weights.proofs import Proofs, Tried

WEIGHTS = Path(__file__).resolve().parents[2] / "invoicewatch" / "extract" / "weights"
LEVELS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dry", action="store_true", help="print the tables and write nothing")
    args = parser.parse_args()
    examples = gather_examples(args.kept, args.data, {name: QUESTIONS[name] for name in BELIEVED})
    answers = gather_answers(args.kept, args.data, examples)
    provenance = {"fitted": date.today().isoformat(), "by": "benchmarks/learn/belief.py"}  # noqa: DTZ011 - a day
    judged = judge_left_out(answers)
    promise = make_promise(judged, provenance)
    trust = fit_trust(answers, NOBODY, provenance)
    print_promise(promise, judged)
    print_calibration(judged)
    print_proofs(trust.proofs)
    if not args.dry:
        write_trust(trust, promise, WEIGHTS)
    return 0


def print_promise(promise: Promise, judged: Sequence[Judged]) -> None:
    """What is accepted at the built-in error, by source and by kind; and what at other errors."""
    error = ExtractSettings().accepted_error
    print(
        f"accepted at an error of {error}, each source left out\n\n| | documents | accepted | share | wrong | bound |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    shares = [_print_accepted(source, each, promise, error) for source, each in _group(judged, "source").items()]
    for kind, each in _group(judged, "kind").items():
        _print_accepted(kind, each, promise, error)
    _print_accepted("all", judged, promise, error)
    print(f"\nmean over sources {sum(shares) / len(shares):.3f}, least {min(shares):.3f}")
    print("\n| accepted_error | threshold | accepted | wrong | bound |\n| --- | --- | --- | --- | --- |")
    for level in LEVELS:
        step = promise.every.find_step(level)
        print(f"| {level} | {step.threshold:.4f} | {step.accepted} | {step.wrong} | {step.bound:.4f} |")


def print_calibration(judged: Sequence[Judged]) -> None:
    """Tables of confidence and truth, by question, and the calibration error of both together and by source."""
    every = []
    for name in BELIEVED:
        pairs = _pair(judged, (name,))
        print_table(name, pairs)
        print(f"\ncalibration error {measure_error(pairs):.4f}")
        every += pairs
    print(f"\ncalibration error, both pooled: {measure_error(every):.4f}")
    for source, each in _group(judged, "source").items():
        print(f"  {source:10s} {measure_error(_pair(each, BELIEVED)):.4f}")


def print_proofs(proofs: Proofs) -> None:
    """Each rule with how often it applied and erred."""
    print("\n| rule | applied | wrong | generated | wrong | proves |\n| --- | --- | --- | --- | --- | --- |")
    tried: dict[str, Tried] = {f"total: {rule}": each for rule, each in proofs.total.items()}
    tried |= {f"issue date: {rule}": each for rule, each in proofs.issue_date.items()}
    for name, each in tried.items():
        proves = "yes" if each.proves else "no"
        print(f"| {name} | {each.unseen} | {each.wrong} | {each.generated} | {each.generated_wrong} | {proves} |")


def _group(judged: Sequence[Judged], by: str) -> Mapping[str, list[Judged]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[getattr(each, by)].append(each)
    return dict(sorted(groups.items()))


def _print_accepted(name: str, judged: Sequence[Judged], promise: Promise, error: float) -> float:
    accepted = [each for each in judged if round(each.chance, 5) >= promise.find_threshold(error, each.kind)]
    wrong = sum(not each.is_right for each in accepted)
    share = len(accepted) / len(judged)
    print(
        f"| {name} | {len(judged)} | {len(accepted)} | {share:.3f} | {wrong} |"
        f" {find_upper_bound(wrong, len(accepted)):.4f} |"
    )
    return share


def _pair(judged: Sequence[Judged], names: Sequence[str]) -> list[tuple[float, bool]]:
    return [
        (each.chances[name], each.right[name]) for each in judged for name in names if each.chances.get(name, 0.0) > 0
    ]


if __name__ == "__main__":
    raise SystemExit(main())

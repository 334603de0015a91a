"""Fits every ranking again from kept readings: what ``make fit`` runs.

    python -m benchmarks.learn --kept KEPT --data DATA [--question total ...] [--families] [--dry]

Prints for each question the share that is right on each source when it was left out, then fits on all of them and
writes ``invoicewatch/extract/weights/NAME.json``, and ``NAME_chance.json`` where the program asks how sure it may be.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.learn.boosting import Choice, Example, Recipe, leave_sources_out
from benchmarks.learn.chance import fit_chance, write_chance
from benchmarks.learn.documents import list_sources
from benchmarks.learn.questions import QUESTIONS, fit_questions, gather_examples

WEIGHTS = Path(__file__).resolve().parents[2] / "invoicewatch" / "extract" / "weights"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True, help="readings that benchmarks/learn/keep.py kept")
    parser.add_argument("--data", type=Path, required=True, help="a folder a set with its truth.jsonl")
    parser.add_argument("--question", action="append", choices=sorted(QUESTIONS), help="default: all of them")
    parser.add_argument("--families", action="store_true", help="print the shares without each family of features too")
    parser.add_argument("--dry", action="store_true", help="print the left-out shares and write nothing")
    args = parser.parse_args()
    chosen = {name: QUESTIONS[name] for name in args.question or QUESTIONS}
    examples = gather_examples(args.kept, args.data, chosen)
    provenance = {"fitted": date.today().isoformat(), "by": "benchmarks/learn"}  # noqa: DTZ011 - a day is enough
    for name, each in examples.items():
        choices = print_left_out(name, each, QUESTIONS[name].recipe)
        if QUESTIONS[name].rates and not args.dry:
            write_chance(fit_chance(choices, provenance), WEIGHTS / f"{name}_chance.json")
        for family, beginnings in QUESTIONS[name].families.items() if args.families else ():
            print_left_out(f"{name} without {family}", silence_features(each, beginnings), QUESTIONS[name].recipe)
    if not args.dry:
        fit_questions(examples, WEIGHTS, provenance=provenance)
    return 0


def print_left_out(title: str, examples: Sequence[Example], recipe: Recipe) -> dict[str, list[Choice]]:
    """For each source: its documents, on how many a candidate is right, and on how many the left-out choice is."""
    reach: dict[str, dict[str, bool]] = defaultdict(dict)
    for each in examples:
        if not each.altered:
            reach[each.source][each.document] = each.right or reach[each.source].get(each.document, False)
    chosen = leave_sources_out(examples, recipe, [source for source in list_sources() if reach[source]])
    print(f"{title}: source, documents, within reach, right when left out")
    shares = []
    for source, choices in chosen.items():
        documents = len(reach[source])
        shares.append(sum(choice.right for choice in choices) / documents)
        print(f"  {source:12s} {documents:5d} {sum(reach[source].values()) / documents:7.3f} {shares[-1]:7.3f}")
    print(f"  {'mean':12s} {'':5s} {'':7s} {sum(shares) / len(shares):7.3f}", flush=True)
    return chosen


def silence_features(examples: Sequence[Example], beginnings: tuple[str, ...]) -> list[Example]:
    """The examples without the features whose names begin so."""
    return [
        each._replace(
            features={name: amount for name, amount in each.features.items() if not name.startswith(beginnings)}
        )
        for each in examples
    ]


if __name__ == "__main__":
    raise SystemExit(main())

"""Fits how far a total is believed, on choices among documents of sources that the ranking never saw.

    python -m benchmarks.learn.belief_total --kept KEPT --data DATA

Prints table ``odds`` of ``weights/total.toml``, and how often answers were right that it believes so far.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.calibration import Answer, fit_weights, print_table
from benchmarks.learn.boosting import Example, fit_forest
from benchmarks.learn.documents import Labelled, load_labelled
from benchmarks.learn.questions import QUESTIONS, find_before
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.total.extractor import weigh_total
from invoicewatch.extract.total.ranking.choice import TotalCandidate, list_candidates
from invoicewatch.extract.total.reading.sums import Sums, read_sums
from invoicewatch.extract.weights.features import TotalEvidence
from invoicewatch.extract.weights.forest import Forest
from invoicewatch.records import format_value

NAMES = tuple(TotalEvidence)
# What speaks against: all else may only speak for.
AGAINST = frozenset({TotalEvidence.MENDED, TotalEvidence.MORE_ADDED, TotalEvidence.MISREAD_LABEL})


class Described(NamedTuple):
    """A document with its candidates, what it says of its sums, and which candidates are right."""

    source: str
    name: str
    candidates: Sequence[TotalCandidate]
    sums: Sums | None
    right: Sequence[bool]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(_describe, load_labelled(args.kept, args.data), chunksize=8)
        described = [each for each in found if each.candidates]
    answers = [
        answer for source in sorted({each.source for each in described}) for answer in _choose(source, described)
    ]
    weights = fit_signed(answers)
    print("\n".join(f"{name} = {weights[name]:.2f}" for name in NAMES))
    print_table("total", [(rate_evidence(weights, each.evidence), each.right) for each in answers])
    return 0


def fit_signed(answers: Sequence[Answer]) -> dict[TotalEvidence, float]:
    """Weights none of which says the contrary of what its evidence means: what came out so counts nothing instead."""
    names = list(NAMES)
    while True:
        weights = fit_weights(answers, names)
        wrong = [name for name in names[1:] if weights[name] * (-1 if name in AGAINST else 1) < 0]
        if not wrong:
            return {name: weights.get(name, 0.0) for name in NAMES}
        names = [name for name in names if name not in wrong]


def _describe(document: Labelled) -> Described:
    if not document.fields.get("total"):
        return Described(document.source, document.name, (), None, ())
    sums = read_sums(find_before(document, "total"))
    candidates = list_candidates(sums)
    right = [document.is_right("total", format_value(each.value)) for each in candidates]
    return Described(document.source, document.name, candidates, sums, right)


def _choose(source: str, described: Sequence[Described]) -> Iterator[Answer]:
    """The answers on ``source`` by trees that never saw it."""
    examples = [
        Example(each.source, each.name, candidate.features, right)
        for each in described
        if each.source != source
        for candidate, right in zip(each.candidates, each.right, strict=True)
    ]
    forest = Forest(fit_forest(examples, QUESTIONS["total"].recipe, {}))
    for each in described:
        if each.source == source and each.sums is not None:
            scores = forest.rate([candidate.features for candidate in each.candidates])
            rated = sorted(zip(scores, each.candidates, each.right, strict=True), key=lambda one: -one[0])
            best = replace(rated[0][1], score=float(rated[0][0]))
            margin = float(rated[0][0] - rated[1][0]) if len(rated) > 1 else best.score
            yield Answer(weigh_total(best, margin, each.sums), rated[0][2], 1.0, held_out=False)


if __name__ == "__main__":
    raise SystemExit(main())

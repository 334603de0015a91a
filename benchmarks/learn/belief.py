"""Fits how far a date of issue is believed, on choices among documents of sources that the ranking never saw.

    python -m benchmarks.learn.belief --kept KEPT --data DATA

Prints table ``odds`` of ``weights/issue_date.toml``, and how often answers were right that it believes so far.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.calibration import Answer, fit_weights, print_table
from benchmarks.learn.boosting import Example, fit_forest
from benchmarks.learn.documents import Labelled, load_labelled
from benchmarks.learn.questions import QUESTIONS, find_before
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.extractor import DateExtractor, read_dates
from invoicewatch.extract.dates.issue import weigh_issue_date
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.weights.features import IssueEvidence
from invoicewatch.extract.weights.forest import Forest

Described = tuple[str, str, str, list[IssueCandidate]]
NAMES = tuple(IssueEvidence)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        described = [each for each in pool.map(_describe, load_labelled(args.kept, args.data), chunksize=8) if each[3]]
    answers = [answer for source in sorted({each[0] for each in described}) for answer in _choose(source, described)]
    weights = fit_plain(answers)
    print("\n".join(f"{name} = {weights[name]:.2f}" for name in NAMES))
    print_table("issue_date", [(rate_evidence(weights, each.evidence), each.right) for each in answers])
    return 0


def fit_plain(answers: Sequence[Answer]) -> dict[IssueEvidence, float]:
    """Weights none of which says the contrary of what its evidence means: what came out so counts nothing instead."""
    names = list(NAMES)
    while True:
        weights = fit_weights(answers, names)
        wrong = [name for name in names[1:] if weights[name] * (-1 if name is IssueEvidence.MENDED else 1) < 0]
        if not wrong:
            return {name: weights.get(name, 0.0) for name in NAMES}
        names = [name for name in names if name not in wrong]


def _describe(document: Labelled) -> Described:
    truth = document.fields.get("issue_date")
    if not truth:
        return document.source, document.name, "", []
    context = find_before(document, "dates")
    candidates = DateExtractor(ExtractSettings()).list_candidates(context, read_dates(context))
    return document.source, document.name, truth, candidates


def _choose(source: str, described: Sequence[Described]) -> Iterator[Answer]:
    """The answers on ``source`` by trees that never saw it; with day and month swapped they count as right."""
    examples = [
        Example(each[0], each[1], candidate.features, _is_right(candidate, each[2]))
        for each in described
        if each[0] != source
        for candidate in each[3]
    ]
    forest = Forest(fit_forest(examples, QUESTIONS["issue_date"].recipe, {}))
    for own, _, truth, candidates in described:
        if own == source:
            scores = forest.rate([candidate.features for candidate in candidates])
            rated = [replace(c, score=float(score)) for c, score in zip(candidates, scores, strict=True)]
            best, *rest = sorted(rated, key=lambda candidate: -candidate.score)
            yield Answer(weigh_issue_date(best, rest), _is_right(best, truth), 1.0, held_out=False)


def _is_right(candidate: IssueCandidate, truth: str) -> bool:
    return any(truth == day.isoformat() for claim in candidate.claims for day in claim.written.readings)


if __name__ == "__main__":
    raise SystemExit(main())

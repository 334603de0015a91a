#!/usr/bin/env python3
"""Does a confidence of .9 mean right nine times in ten? And the fit that makes it so.

    calibration.py table TRUTH.jsonl PREDICTIONS.jsonl [TRUTH PREDICTIONS ...]
    calibration.py fit [--samples 400] [--readings READINGS.pkl TRUTH.jsonl ...]

``table`` compares what ``invoicewatch process --json`` said with the truth, by steps of confidence, for total and date
of issue. ``fit`` finds the tables ``odds`` of ``extract/weights/``: on generated samples whose text is damaged, and
on readings of real documents kept as a pickle of {file name: (Reading, ...)}. Even documents are learned from, odd ones
are for the table, so that no table shows what was learned.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from pathlib import Path, PurePath
from random import Random
from typing import Any, NamedTuple

import numpy as np

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.currency.extractor import CurrencyExtractor
from invoicewatch.extract.dates.candidates import rank_candidates
from invoicewatch.extract.dates.extractor import DateExtractor, read_dates
from invoicewatch.extract.dates.issue import weigh_issue_date
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.total.extractor import weigh_total
from invoicewatch.extract.total.ranking.choice import rank_totals
from invoicewatch.extract.total.reading.sums import read_sums
from invoicewatch.extract.weights.features import IssueEvidence, TotalEvidence
from invoicewatch.records import ExtractContext, Memory, Reading, format_value
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.layouts.catalogue import choose_layout
from invoicewatch.samples.reading import damage_reading, render_reading
from invoicewatch.samples.truth import list_fields

STEPS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.97, 0.99, 1.01)
TODAY = date(2026, 3, 1)
DAMAGE = (0.03, 0.1, 0.2)
SAMPLE_WEIGHT = 0.15
FIELDS: Mapping[str, Sequence[StrEnum]] = {"total": tuple(TotalEvidence), "issue_date": tuple(IssueEvidence)}


class Answer(NamedTuple):
    """One answer: its evidence, whether it was right, how much it counts, and whether it is for the table."""

    evidence: Mapping[Any, float]
    right: bool
    weight: float
    held_out: bool


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


def collect_samples(count: int) -> Iterator[tuple[tuple[Reading, ...], Mapping[str, str | None], bool]]:
    for seed in range(count):
        spec = make_spec(100_000 + seed)
        clean = render_reading(spec, choose_layout(spec))
        truth = list_fields(spec, clean)
        for rate in DAMAGE:
            rng = Random(f"{seed} {rate}")
            yield tuple(damage_reading(page, rng, rate) for page in clean), truth, seed % 2 == 1


def collect_readings(
    files: Sequence[Path],
) -> Iterator[tuple[tuple[Reading, ...], Mapping[str, str | None], bool]]:
    for pickled, truth_file in zip(files[::2], files[1::2], strict=True):
        readings = {PurePath(name).stem: pages for name, pages in pickle.loads(pickled.read_bytes()).items()}
        for n, line in enumerate(read_lines(truth_file)):
            stem = PurePath(line["file"]).stem
            if stem in readings:
                yield readings[stem], line["fields"], n % 2 == 1


def weigh_document(readings: tuple[Reading, ...], truth: Mapping[str, str | None]) -> Iterator[tuple[str, Any, bool]]:
    """The evidence of the likeliest total and date of issue, and whether they are right."""
    settings = ExtractSettings()
    context = ExtractContext(readings, {}, Memory(), TODAY)
    context = ExtractContext(readings, {}, Memory(), TODAY, dict(CurrencyExtractor(settings).find(context)))
    sums = read_sums(context)
    totals = rank_totals(sums)
    if totals and truth.get("total"):
        margin = totals[0].score - (totals[1].score if len(totals) > 1 else 0.0)
        right = is_same(str(truth["total"]), format_value(totals[0].value))
        yield "total", weigh_total(totals[0], margin, sums), right
    days = rank_candidates(DateExtractor(settings).list_candidates(context, read_dates(context)))
    if days and truth.get("issue_date"):
        right = truth["issue_date"] in {day.isoformat() for day in days[0].claims[0].written.readings}
        yield "issue_date", weigh_issue_date(days[0], days[1:]), right


def fit_weights(answers: Sequence[Answer], names: Sequence[StrEnum], ridge: float = 0.3) -> dict[StrEnum, float]:
    """Logistic regression by Newton's method, with a little ridge so that rare evidence stays modest.

    The bias, which is evidence of 1 everywhere, is the first of ``names``.
    """
    rows = np.array([[a.evidence.get(name, 0.0) for name in names] for a in answers])
    right = np.array([float(a.right) for a in answers])
    counts = np.array([a.weight for a in answers])
    penalty = np.full(len(names), ridge)
    penalty[0] = ridge / 30
    weights = np.zeros(len(names))
    for _ in range(50):
        said = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (right - said)) - penalty * weights
        curve = (rows.T * (counts * said * (1 - said))) @ rows + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def fit(samples: int, files: Sequence[Path]) -> None:
    answers: dict[str, list[Answer]] = {name: [] for name in FIELDS}
    sources = ((SAMPLE_WEIGHT, collect_samples(samples)), (1.0, collect_readings(files)))
    for weight, documents in sources:
        for readings, truth, held_out in documents:
            for name, evidence, right in weigh_document(readings, truth):
                answers[name].append(Answer(evidence, right, weight, held_out))
    for name, features in FIELDS.items():
        learned = fit_weights([a for a in answers[name] if not a.held_out], features)
        print(f"\nweights/{name}.toml\n\n[odds]")
        print("\n".join(f"{feature} = {weight}" for feature, weight in learned.items()))
        rest = [a for a in answers[name] if a.held_out]
        print_table(
            f"{name}, documents not learned from", [(rate_evidence(learned, a.evidence), a.right) for a in rest]
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    table = commands.add_parser("table")
    table.add_argument("files", nargs="+", type=Path, metavar="TRUTH PREDICTIONS")
    fitting = commands.add_parser("fit")
    fitting.add_argument("--samples", type=int, default=400)
    fitting.add_argument("--readings", nargs="*", type=Path, default=[], metavar="READINGS.pkl TRUTH.jsonl")
    args = parser.parse_args()
    if args.command == "table":
        show_table(args.files)
    else:
        fit(args.samples, args.readings)


if __name__ == "__main__":
    main()

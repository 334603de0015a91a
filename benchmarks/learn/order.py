"""Fits what tells the order of day and month, source by source, and writes ``weights/date_order.toml``.

    python -m benchmarks.learn.order --kept KEPT --data DATA [--dry]

A document teaches if its date of issue stands there in figures and only one order gives the true day. The weights are
those of a logistic regression without a bias and with none below 0, so that no sign speaks against its own countries
and what is learned of the day first holds for the month first.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.learn.documents import Labelled, load_labelled
from benchmarks.learn.questions import TODAY, find_before
from invoicewatch.extract.dates.claims import count_languages, find_date_claims
from invoicewatch.extract.dates.order.decide import describe_dates, find_origin
from invoicewatch.extract.dates.written.record import Written
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.weights.features import OrderSign
from invoicewatch.records import join_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).resolve().parents[2] / "invoicewatch" / "extract" / "weights" / "date_order.toml"
FITTED = tuple(sign for sign in OrderSign if sign is not OrderSign.MEMORY)
RIDGE = 2.0
# Where a weight stays without examples: what the paper itself shows of its dates counts more than where it comes from.
EXPECTED = {OrderSign.DOTS: 4.0, OrderSign.OTHER_DATES: 8.0, OrderSign.TERMS: 6.0}
MEMORY = 5.0
STEPS = 20_000
MOST_WRONG = 1 / 500
LEAST_DECIDED = 0.9


class Lesson(NamedTuple):
    """A document: its source, the signed features, and 1 if its date has the month first, -1 if the day."""

    source: str
    features: Mapping[OrderSign, float]
    order: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dry", action="store_true", help="print and write nothing")
    args = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        found = pool.map(_describe, load_labelled(args.kept, args.data), chunksize=8)
        lessons = [lesson for each in found for lesson in each]
    left_out = list(rate_left_out(lessons))
    decided = choose_threshold([rated for _, rated in left_out])
    _print(left_out, decided)
    weights = fit_weights(lessons)
    print({str(sign): round(float(weight), 2) for sign, weight in zip(FITTED, weights, strict=True)})
    if not args.dry:
        WEIGHTS.write_text(write_weights(lessons, weights, decided), encoding="utf-8")
    return 0


def fit_weights(lessons: Sequence[Lesson]) -> NDArray[np.float64]:
    """The weights of the signs of ``FITTED``; every source weighs the same, however many documents it has."""
    table = np.array([[each.features[sign] * each.order for sign in FITTED] for each in lessons])
    many = Counter(each.source for each in lessons)
    counts = np.array([1.0 / many[each.source] ** 0.5 for each in lessons])
    counts *= len(lessons) / counts.sum()

    expected = np.array([EXPECTED.get(sign, 1.0) for sign in FITTED])

    step = 4.0 / (counts @ (table**2).sum(axis=1) + 4.0 * RIDGE)  # no longer than the steepest curve allows
    weights = expected
    for _ in range(STEPS):
        slope = table.T @ (-counts / (1.0 + np.exp(table @ weights))) + RIDGE * (weights - expected)
        weights = np.maximum(0.0, weights - step * slope)
    return weights


def rate_left_out(lessons: Sequence[Lesson]) -> Iterator[tuple[str, float]]:
    """For each document the source and the log-odds of the true order, by weights that never saw its source."""
    for source in sorted({each.source for each in lessons}):
        weights = fit_weights([each for each in lessons if each.source != source])
        for each in lessons:
            if each.source == source:
                odds = sum(w * each.features[s] for w, s in zip(weights, FITTED, strict=True))
                yield source, float(odds) * each.order


def choose_threshold(rated: Sequence[float]) -> float:
    """The least probability from which on at most one decision in five hundred was wrong."""
    certain = sorted(((1 / (1 + np.exp(-abs(each))), each > 0) for each in rated), reverse=True)
    lowest, wrong = 1.0, 0
    for n, (probability, right) in enumerate(certain, 1):
        wrong += not right
        if wrong <= MOST_WRONG * n:
            lowest = probability
    return max(LEAST_DECIDED, float(np.ceil(lowest * 1000) / 1000))


def write_weights(lessons: Sequence[Lesson], weights: Iterable[float], decided: float) -> str:
    """The file's text."""
    today = date.today().isoformat()  # noqa: DTZ011 - a day is enough
    sources = ", ".join(f"{source} {count}" for source, count in sorted(Counter(x.source for x in lessons).items()))
    lines = [f"{sign} = {weight:.2f}" for sign, weight in zip(FITTED, weights, strict=True)]
    return "\n".join(
        [
            "# Which comes first in dates, the day or the month.",
            "",
            'origin = """',
            f"Table odds but for memory: log-odds, fitted on {today} by benchmarks/learn/order.py on",
            f"documents of {sources}, none below 0 and without a bias. memory: by judgement.",
            "decided: from it on at most 1 in 500 decisions was wrong on sources that were left out.",
            '"""',
            "",
            f"decided = {decided}",
            "",
            "[odds]  # times what the sign says, from -1 (the day first) to 1 (the month first)",
            *lines,
            f"memory = {MEMORY}  # what proved documents of this seller wrote",
            "",
        ]
    )


def _describe(document: Labelled) -> list[Lesson]:
    truth = document.fields.get("issue_date")
    context = find_before(document, "dates")
    pages = view_pages(document.readings)
    dates = [claim.written for claim in find_date_claims(pages, load_labels("dates"), TODAY)]
    told = next((written for written in dates if truth and _order_of(written, date.fromisoformat(truth))), None)
    if told is None or truth is None:
        return []
    text = join_text(document.readings)
    signs = find_origin(context, text)
    others = [written for written in dates if truth not in {day.isoformat() for day in written.readings}]
    languages = count_languages(pages, load_labels("amounts", "dates"))
    features = {
        **describe_dates(others, signs, languages, text, TODAY),
        OrderSign.DOTS: -float(told.sign == "."),
    }
    return [Lesson(document.source, features, _order_of(told, date.fromisoformat(truth)))]


def _order_of(written: Written, truth: date) -> int:
    """1 if ``written`` means ``truth`` with the month first, -1 with the day first, 0 where both or none does."""
    numbers = written.first_number, written.second_number
    month_first, day_first = (truth.month, truth.day) == numbers, (truth.day, truth.month) == numbers
    return month_first - day_first


def _print(left_out: Sequence[tuple[str, float]], decided: float) -> None:
    print(f"order: source, documents, right, decided at {decided}, decided wrong")
    least = np.log(decided / (1 - decided))
    for source in sorted({source for source, _ in left_out}):
        rated = np.array([odds for each, odds in left_out if each == source])
        sure = np.abs(rated) >= least
        wrong = int((sure & (rated < 0)).sum())
        print(f"  {source:10s} {len(rated):5d} {(rated > 0).mean():.3f} {sure.mean():.3f} {wrong}")


if __name__ == "__main__":
    raise SystemExit(main())

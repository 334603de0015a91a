"""The questions that a ranking answers, and the examples that a document gives for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain, takewhile
from pathlib import Path
from typing import NamedTuple

from benchmarks.learn.boosting import Example, Recipe, fit_forest, write_forest
from benchmarks.learn.documents import Labelled, load_labelled, make_generated
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.dates.extractor import DateExtractor, read_dates
from invoicewatch.extract.total.ranking.choice import list_candidates
from invoicewatch.extract.total.reading.sums import read_sums
from invoicewatch.records import ExtractContext, Extractor, Memory, format_value

TODAY = date(2026, 11, 28)
GENERATED_COUNT, GENERATED_SEED = 1000, 1_000_000


class Question(NamedTuple):
    """A ranking: how a document's candidates are described, and how trees are grown over them.

    ``extractor`` is the one that asks; it sees what those before it in the chain found.
    """

    extractor: str
    describe: Callable[[Labelled, ExtractContext], Iterator[tuple[str, Mapping[str, float]]]]
    field: str
    recipe: Recipe


def describe_totals(document: Labelled, context: ExtractContext) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every amount that may be the total."""
    del document
    for candidate in list_candidates(read_sums(context)):
        yield format_value(candidate.value), candidate.features


def describe_issue_dates(document: Labelled, context: ExtractContext) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every day that may be the date of issue, with day and month the way round that the order has it."""
    del document
    for candidate in DateExtractor(ExtractSettings()).list_candidates(context, read_dates(context)):
        yield format_value(candidate.day), candidate.features


QUESTIONS: Mapping[str, Question] = {
    "total": Question("total", describe_totals, "total", Recipe(trees=120, leaves=5)),
    "issue_date": Question("dates", describe_issue_dates, "issue_date", Recipe(trees=80, leaves=5)),
}


def gather_examples(
    kept: Path, data: Path, questions: Mapping[str, Question], generated: int = GENERATED_COUNT
) -> dict[str, list[Example]]:
    """The examples of every question from all open sources, and from as many ``generated`` layouts."""
    documents = chain(load_labelled(kept, data), make_generated(generated, GENERATED_SEED))
    gathered: dict[str, list[Example]] = {name: [] for name in questions}
    with ProcessPoolExecutor() as pool:
        for found in pool.map(partial(_describe, tuple(questions)), documents, chunksize=8):
            for name, examples in found.items():
                gathered[name] += examples
    return gathered


def fit_questions(
    examples: Mapping[str, Sequence[Example]],
    folder: Path,
    without: str = "",
    provenance: Mapping[str, str] | None = None,
) -> None:
    """Fit every question, without the examples of one source, and write ``NAME.json`` into ``folder``."""
    for name, each in examples.items():
        file = fit_forest([one for one in each if one.source != without], QUESTIONS[name].recipe, provenance or {})
        write_forest(file, folder / f"{name}.json")


def find_before(document: Labelled, extractor: str) -> ExtractContext:
    """What ``extractor`` may look at on a document: its readings and what those before it in the chain found."""
    attachments = {} if document.source == "einvoice" else document.attachments
    context = ExtractContext(document.readings, attachments, Memory(), TODAY)
    return replace(context, found=find_fields(context, list_before(extractor)))


def _describe(names: Sequence[str], document: Labelled) -> dict[str, list[Example]]:
    found = {}
    for name in names:
        question = QUESTIONS[name]
        context = find_before(document, question.extractor)
        found[name] = [
            Example(document.source, document.name, features, document.is_right(question.field, value))
            for value, features in question.describe(document, context)
            if document.fields.get(question.field)
        ]
    return found


def list_before(extractor: str) -> tuple[tuple[str, Extractor], ...]:
    return tuple(takewhile(lambda each: each[0] != extractor, _load()))


@cache
def _load() -> tuple[tuple[str, Extractor], ...]:
    return load_extractors(ExtractSettings())

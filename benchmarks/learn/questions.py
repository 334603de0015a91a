"""The questions that a ranking answers, and the examples that a document gives for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain, takewhile
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.learn import sellers
from benchmarks.learn.boosting import Example, Recipe, fit_forest, write_forest
from benchmarks.learn.documents import Labelled, load_labelled, make_generated
from benchmarks.learn.totals import describe_totals
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.dates.extractor import DateExtractor, read_dates
from invoicewatch.records import ExtractContext, Extractor, Memory, format_value

TODAY = date(2026, 11, 28)
GENERATED_COUNT, GENERATED_SEED = 1000, 1_000_000


class Question(NamedTuple):
    """A ranking: how a document's candidates are described, and how trees are grown over them.

    ``extractor`` is the one that asks, if it sees what those before it in the chain found. ``alter`` makes further
    documents of one to learn from. ``rates`` says that the program also asks for the chance that the choice is right.
    ``families`` are beginnings of features' names that are taken away together, to see what they are worth.
    """

    extractor: str | None
    describe: Callable[[Labelled, ExtractContext], Iterator[tuple[str, Mapping[str, float]]]]
    field: str
    recipe: Recipe
    alter: Callable[[Labelled], Iterable[Labelled]] = lambda _: ()
    rates: bool = False
    families: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def describe_issue_dates(document: Labelled, context: ExtractContext) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every day that may be the date of issue, with day and month the way round that the order has it."""
    del document
    for candidate in DateExtractor(ExtractSettings()).list_candidates(context, read_dates(context)):
        yield format_value(candidate.day), candidate.features


QUESTIONS: Mapping[str, Question] = {
    "total": Question("total", describe_totals, "total", Recipe(trees=120, leaves=5)),
    "issue_date": Question("dates", describe_issue_dates, "issue_date", Recipe(trees=80, leaves=5)),
    "seller": Question(
        None,
        sellers.describe_sellers,
        sellers.FIELD,
        sellers.RECIPE,
        alter=sellers.take_forms_away,
        rates=True,
        families=sellers.FAMILIES,
    ),
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


def find_before(document: Labelled, extractor: str | None) -> ExtractContext:
    """What ``extractor`` may look at on a document: its readings and what those before it in the chain found."""
    attachments = {} if document.source == "einvoice" else document.attachments
    context = ExtractContext(document.readings, attachments, Memory(), TODAY)
    return context if extractor is None else replace(context, found=find_fields(context, list_before(extractor)))


def _describe(names: Sequence[str], document: Labelled) -> dict[str, list[Example]]:
    found = {}
    for name in names:
        question = QUESTIONS[name]
        found[name] = list(_list_examples(question, document, altered=False))
        for other in question.alter(document):
            found[name] += _list_examples(question, other, altered=True)
    return found


def _list_examples(question: Question, document: Labelled, *, altered: bool) -> Iterator[Example]:
    if not document.fields.get(question.field):
        return
    context = find_before(document, question.extractor)
    name = f"{document.name}, altered" if altered else document.name
    for value, features in question.describe(document, context):
        yield Example(document.source, name, features, document.is_right(question.field, value), altered)


def list_before(extractor: str) -> tuple[tuple[str, Extractor], ...]:
    return tuple(takewhile(lambda each: each[0] != extractor, _load()))


@cache
def _load() -> tuple[tuple[str, Extractor], ...]:
    return load_extractors(ExtractSettings())

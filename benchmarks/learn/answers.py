"""What rankings answer on documents that they have not seen, and the evidence that the program would have for it."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks.learn.boosting import Example, fit_forest
from benchmarks.learn.documents import Labelled, load_labelled, make_generated
from benchmarks.learn.questions import GENERATED_SEED, QUESTIONS, find_before
from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.dates.belief import weigh_issue_date
from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.extractor import DateExtractor, read_dates
from invoicewatch.extract.dates.issue import list_issue_rules, prove_issue_date, rate_order
from invoicewatch.extract.dates.unread import find_unread
from invoicewatch.extract.judge.kinds import name_kind
from invoicewatch.extract.page.named_kinds import find_named_kind
from invoicewatch.extract.proof.fields import find_source, with_cents
from invoicewatch.extract.total.belief import weigh_total
from invoicewatch.extract.total.credit_notes import state_credit
from invoicewatch.extract.total.proofs import list_total_rules, prove_total
from invoicewatch.extract.total.ranking.choice import TotalCandidate, list_candidates
from invoicewatch.extract.total.reading.sums import Sums, read_sums
from invoicewatch.extract.weights.forest import Forest, ForestFile
from invoicewatch.records import Field, format_value

NOBODY = ""
"""The name of no source: nothing more is left out than the source that is answered about."""
BELIEVED = ("total", "issue_date")
_GENERATED_COUNT = 300

Ranked = TypeVar("Ranked", TotalCandidate, IssueCandidate)


class Answer(NamedTuple):
    """One answer by a ranking that saw neither the document's ``source`` nor the source ``without``.

    ``evidence`` is empty where nothing was found. ``near`` says that it is right but for the order of day and month,
    ``order`` how likely that order is. ``rules`` are those that would prove its role, ``read`` whether its reading is
    proved. ``kind`` names how it was read.
    """

    source: str
    document: str
    without: str
    evidence: Mapping[str, float]
    right: bool
    near: bool = False
    order: float = 1.0
    rules: tuple[str, ...] = ()
    read: bool = False
    kind: str = ""


def gather_answers(kept: Path, data: Path, examples: Mapping[str, Sequence[Example]]) -> dict[str, list[Answer]]:
    """The answers to each question on every document, once for each source that is left out besides its own."""
    answers: dict[str, list[Answer]] = {name: [] for name in BELIEVED}
    with tempfile.TemporaryDirectory(prefix="invoicewatch-rankings-") as folder:
        file = Path(folder) / "forests.pickle"
        file.write_bytes(pickle.dumps({name: _fit_all(name, examples[name]) for name in BELIEVED}))
        documents = chain(load_labelled(kept, data), make_generated(_GENERATED_COUNT, GENERATED_SEED))
        with ProcessPoolExecutor(2) as pool:
            for found in pool.map(partial(_answer, file), documents, chunksize=8):
                for question, each in found.items():
                    answers[question] += each
    return answers


def _fit_all(name: str, examples: Sequence[Example]) -> dict[frozenset[str], ForestFile]:
    """The rankings without each source, and without each two of them."""
    sources = sorted({each.source for each in examples})
    forests = {}
    for left_out in (frozenset(each) for count in (1, 2) for each in combinations(sources, count)):
        seen = [each for each in examples if each.source not in left_out]
        forests[left_out] = fit_forest(seen, QUESTIONS[name].recipe, {})
    return forests


@cache
def _load_forests(file: Path) -> dict[str, dict[frozenset[str], Forest]]:
    fitted = pickle.loads(file.read_bytes())
    return {name: {key: Forest(forest) for key, forest in each.items()} for name, each in fitted.items()}


def _answer(file: Path, document: Labelled) -> dict[str, list[Answer]]:
    forests = _load_forests(file)
    return {
        "total": list(_answer_totals(document, forests["total"])),
        "issue_date": list(_answer_dates(document, forests["issue_date"])),
    }


def _answer_totals(document: Labelled, forests: Mapping[frozenset[str], Forest]) -> Iterator[Answer]:
    if not document.fields.get("total"):
        return
    context = find_before(document, "total")
    sums = read_sums(context)
    candidates = list_candidates(sums)
    named = find_named_kind(tuple(sheet.page for sheet in sums.sheets))
    for without, forest in _list_forests(document.source, forests):
        if not candidates:
            yield Answer(document.source, document.name, without, {}, right=False)
            continue
        ranked = _rank(candidates, forest)
        stated = state_credit({"total": _make_bare(ranked, sums)}, context.found, named)["total"]
        rules = tuple(str(each.rule) for each in list_total_rules(ranked, sums))
        evidence = {str(name): amount for name, amount in weigh_total(ranked, sums).items()}
        right = stated is not None and document.is_right("total", format_value(stated.value))
        read = bool(prove_total(ranked, sums).reading)
        kind = name_kind(stated)
        yield Answer(document.source, document.name, without, evidence, right, right, 1.0, rules, read, kind)


def _make_bare(ranked: Sequence[TotalCandidate], sums: Sums) -> Field:
    """The total as a field that nobody has rated yet."""
    amount, method = ranked[0].amount, prove_total(ranked, sums).method
    source = find_source(amount.row, amount.words)
    return Field("total", with_cents(ranked[0].value), 0.0, False, amount.row.page, amount.box, source, method, "")


def _answer_dates(document: Labelled, forests: Mapping[frozenset[str], Forest]) -> Iterator[Answer]:
    truth = document.fields.get("issue_date")
    if not truth:
        return
    context = find_before(document, "dates")
    dates = read_dates(context)
    candidates = DateExtractor(ExtractSettings()).list_candidates(context, dates)
    unread, till = find_unread(dates.pages, dates.claims), is_from_till(dates.pages)
    for without, forest in _list_forests(document.source, forests):
        if not candidates:
            yield Answer(document.source, document.name, without, {}, right=False)
            continue
        ranked = _rank(candidates, forest)
        claims = ranked[0].claims
        rules = tuple(str(each.rule) for each in list_issue_rules(ranked, dates.order, unread, till=till))
        evidence = {str(name): amount for name, amount in weigh_issue_date(ranked, unread).items()}
        right = document.is_right("issue_date", format_value(ranked[0].day))
        near = right or any(truth == day.isoformat() for claim in claims for day in claim.written.readings)
        order = rate_order(claims[0], dates.order)
        read = bool(prove_issue_date(ranked, dates.order, unread, till=till).reading)
        yield Answer(document.source, document.name, without, evidence, right, near, order, rules, read)


def _list_forests(source: str, forests: Mapping[frozenset[str], Forest]) -> Iterator[tuple[str, Forest]]:
    """The rankings that did not see ``source``, each with what else it did not see."""
    for left_out, forest in forests.items():
        if source in left_out:
            yield next(iter(left_out - {source}), NOBODY), forest


def _rank(candidates: Sequence[Ranked], forest: Forest) -> list[Ranked]:
    known = frozenset(forest.features)
    rows = [{key: each for key, each in one.features.items() if key in known} for one in candidates]
    scored = [replace(one, score=float(score)) for one, score in zip(candidates, forest.rate(rows), strict=True)]
    return sorted(scored, key=lambda one: -one.score)

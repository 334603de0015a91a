"""From left-out answers to what the program believes: log-odds, rules of proof, and what can be promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.learn.answers import BELIEVED, NOBODY, Answer
from benchmarks.learn.documents import GENERATED
from benchmarks.learn.logistic import Weighed, fit_signed
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.weights.belief import Belief
from invoicewatch.extract.weights.features import IssueEvidence, TotalEvidence
from invoicewatch.extract.weights.promise import Curve, Promise, make_curve
from invoicewatch.extract.weights.proofs import IssueRule, Proofs, TotalRule, Tried

EVIDENCE: Mapping[str, Sequence[str]] = {"total": tuple(TotalEvidence), "issue_date": tuple(IssueEvidence)}
# What may only speak against an answer; all else may only speak for it.
AGAINST = frozenset(
    map(
        str,
        (
            TotalEvidence.UNCLEAR, TotalEvidence.DISAGREED, TotalEvidence.REREAD_OTHERWISE, TotalEvidence.MENDED,
            TotalEvidence.NO_CENTS, TotalEvidence.MORE_ADDED, TotalEvidence.MISREAD_LABEL, TotalEvidence.RIVALS,
            TotalEvidence.LARGER_SUM, TotalEvidence.ASKED_LATER, TotalEvidence.CLOSED_RIVAL, TotalEvidence.NEAR,
            TotalEvidence.DIGIT_OFF,
            TotalEvidence.SUPERSEDED, TotalEvidence.NOT_POSITIVE, TotalEvidence.FAR_LARGER, TotalEvidence.OUTWEIGHED,
            IssueEvidence.SHORT_YEAR, IssueEvidence.LABELLED_OTHERWISE, IssueEvidence.NUMBERED, IssueEvidence.IN_ITEMS,
            IssueEvidence.OUT_OF_RANGE, IssueEvidence.MORE_DAYS, IssueEvidence.RIVAL_LABEL, IssueEvidence.RIVAL_TIME,
            IssueEvidence.UNREAD_LABEL, IssueEvidence.UNREAD_DATE,
        ),
    )
)  # fmt: skip
# Too rare to be learned from a few hundred documents, and too plain to be left out: an expiry is no date of issue, and
# what all other amounts exceed is no total.
EXPECTED: Mapping[str, float] = {
    str(IssueEvidence.LABELLED_OTHERWISE): -3.0,
    str(TotalEvidence.OUTWEIGHED): -3.0,
}
_RIDGE = 2.0
_GENERATED_WEIGHT = 0.3  # a document that was made here counts less than one that somebody printed
_LARGE = 0.5  # a source counts by this power of its documents: large ones more, but not as much more as they have


class Judged(NamedTuple):
    """A document by a program that saw nothing of its source: how likely it is right by each question, and whether.

    ``chances`` and ``right`` are by question, without those that have no truth; ``proved`` are the questions whose
    answer counts as proved.
    """

    source: str
    document: str
    kind: str
    chances: Mapping[str, float]
    right: Mapping[str, bool]
    proved: frozenset[str]

    @property
    def chance(self) -> float:
        """That all is right; what is proved counts as certain."""
        chance = 1.0
        for name, each in self.chances.items():
            chance *= 1.0 if name in self.proved else each
        return chance

    @property
    def is_right(self) -> bool:
        """Whether all is right."""
        return all(self.right.values())


class Trust(NamedTuple):
    """What is fitted together: log-odds by question, and the rules."""

    beliefs: Mapping[str, Belief]
    proofs: Proofs


Answers = Mapping[str, Sequence[Answer]]


def fit_trust(answers: Answers, without: str, provenance: Mapping[str, str]) -> Trust:
    """Fit on answers about all sources but ``without``, by rankings that saw neither."""
    seen = {name: [a for a in answers[name] if a.without == without and a.source != without] for name in BELIEVED}
    beliefs = {name: Belief({**provenance, **_count(seen[name])}, _fit(name, seen[name])) for name in BELIEVED}
    counts = {name: _count_rules(seen[name]) for name in BELIEVED}
    totals = {str(rule): counts["total"].get(str(rule), Tried()) for rule in TotalRule}
    dates = {str(rule): counts["issue_date"].get(str(rule), Tried()) for rule in IssueRule}
    return Trust(beliefs, Proofs({**provenance, **_count(seen["total"])}, totals, dates))


def judge_source(answers: Answers, source: str, without: str, trust: Trust) -> list[Judged]:
    """The documents of ``source`` as ``trust`` sees them, by rankings that saw neither it nor ``without``."""
    by_document: dict[str, dict[str, Answer]] = defaultdict(dict)
    for name in BELIEVED:
        for answer in answers[name]:
            if answer.source == source and answer.without == without:
                by_document[answer.document][name] = answer
    return [_judge(document, each, trust) for document, each in by_document.items()]


def judge_left_out(answers: Answers, without: str = NOBODY) -> list[Judged]:
    """The documents of every source but ``without``, each by a trust that was fitted without their source.

    Where nothing else is left out, not even the rankings behind that trust saw the source.
    """
    sources = sorted({answer.source for answer in answers["total"]} - {GENERATED, without})
    judged = []
    for source in sources:
        if without == NOBODY:
            trust = fit_trust(answers, source, {})
        else:
            kept = {name: [a for a in answers[name] if a.source != source] for name in BELIEVED}
            trust = fit_trust(kept, without, {})
        judged += judge_source(answers, source, without, trust)
    return judged


def make_promise(judged: Sequence[Judged], provenance: Mapping[str, str]) -> Promise:
    """What can be promised after documents that were left out."""
    kinds, sources = defaultdict(list), defaultdict(list)
    for each in judged:
        kinds[each.kind].append(each)
        sources[each.source].append(each)
    return Promise(
        {**provenance, "documents": str(len(judged))},
        _trace(judged),
        {name: _trace(each) for name, each in sorted(kinds.items())},
        {name: _trace(each) for name, each in sorted(sources.items())},
    )


def write_trust(trust: Trust, promise: Promise, folder: Path) -> None:
    """Write all of it as data into ``folder``."""
    files = {f"{name}_belief": belief for name, belief in trust.beliefs.items()}
    for name, content in {**files, "proofs": trust.proofs, "promise": promise}.items():
        (folder / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")


def _fit(name: str, answers: Sequence[Answer]) -> dict[str, float]:
    documents = Counter(answer.source for answer in answers)
    largest = max((count for source, count in documents.items() if source != GENERATED), default=1)
    weights = {source: (largest / count) ** _LARGE for source, count in documents.items()}
    weights[GENERATED] = _GENERATED_WEIGHT
    found = [Weighed(a.evidence, a.near, weights[a.source]) for a in answers if a.evidence]
    return fit_signed(found, EVIDENCE[name], AGAINST, _RIDGE, EXPECTED)


def _count_rules(answers: Iterable[Answer]) -> dict[str, Tried]:
    """How often each rule applied where the reading was proved, and how often the answer was wrong there."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for answer in answers:
        for rule in answer.rules if answer.read else ():
            own = "generated" if answer.source == GENERATED else "unseen"
            tally[rule][own] += 1
            tally[rule]["generated_wrong" if answer.source == GENERATED else "wrong"] += not answer.right
    return {rule: Tried(**counts) for rule, counts in tally.items()}


def _judge(document: str, answers: Mapping[str, Answer], trust: Trust) -> Judged:
    proving = trust.proofs.list_proving()
    chances, proved = {}, set()
    for name, answer in answers.items():
        odds = trust.beliefs[name].odds
        chances[name] = rate_evidence(odds, answer.evidence) * answer.order if answer.evidence else 0.0
        if answer.read and not proving.isdisjoint(answer.rules):
            proved.add(name)
    kind = answers["total"].kind if "total" in answers else ""
    right = {name: answer.right for name, answer in answers.items()}
    source = next(iter(answers.values())).source
    return Judged(source, document, kind or "nothing", chances, right, frozenset(proved))


def _trace(judged: Sequence[Judged]) -> Curve:
    return make_curve([(round(each.chance, 5), each.is_right) for each in judged])


def _count(answers: Iterable[Answer]) -> dict[str, str]:
    documents = Counter(answer.source for answer in answers)
    return {"sources": ", ".join(f"{source} {count}" for source, count in sorted(documents.items()))}

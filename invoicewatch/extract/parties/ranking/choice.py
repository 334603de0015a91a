"""The seller of a page: all candidates, ranked by what was fitted on documents of several sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section
from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.find import find_candidates
from invoicewatch.extract.parties.names.words import load_phrases
from invoicewatch.extract.parties.ranking.facts import PageFacts
from invoicewatch.extract.parties.ranking.features import describe_candidates
from invoicewatch.extract.parties.ranking.hosts import is_nearly_like
from invoicewatch.extract.parties.ranking.judgement import Judgement, judge_page
from invoicewatch.extract.parties.ranking.wordmarks import mark_words
from invoicewatch.extract.weights.chance import MAX_LEAD, load_chance
from invoicewatch.extract.weights.forest import load_forest
from invoicewatch.extract.weights.identities import SellerWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Office

FOREST = "seller"
_KEPT = 5
_SAME_NAME_RATIO = 88.0
_NUMBER_ROWS = 5
_MIN_NUMBER_CHARS = 6


@dataclass(frozen=True)
class DescribedPage:
    """The candidates of a page with their features, and what the rules say of its lines."""

    page: PageView
    candidates: Sequence[NameCandidate]
    features: Sequence[Mapping[str, float]]
    judgement: Judgement
    hosts: Sequence[str]


def describe_page(page: PageView, sections: Sequence[Section]) -> DescribedPage:
    """Everything that the ranking asks about one page."""
    facts = PageFacts(page, sections)
    headed = {n for section in sections if section.role == "seller" for n in range(section.first, section.last)}
    candidates = find_candidates(page, facts.hosts, headed)
    judgement = judge_page(facts)
    return DescribedPage(page, candidates, describe_candidates(candidates, facts, judgement), judgement, facts.hosts)


def rank_sellers(described: DescribedPage, office: Office) -> list[Finding]:
    """The likeliest names of ``described``, each once, the best first; who receives the paper is not among them."""
    others = _list_buyers(described.judgement)
    kept = [
        n
        for n, each in enumerate(described.candidates)
        if each.folded not in others and not is_office(each, described.page, office)
    ]
    best: dict[str, tuple[float, NameCandidate]] = {}
    for n, fitted in zip(kept, load_forest(FOREST).rate([described.features[n] for n in kept]), strict=True):
        candidate = described.candidates[n]
        log_odds = float(fitted) + _know_before(described.features[n])
        log_odds += load_weights(SellerWeights).prior.addressed * (candidate.folded in described.judgement.addressed)
        if candidate.folded not in best or best[candidate.folded][0] < log_odds:
            best[candidate.folded] = log_odds, candidate
    ranked = sorted(best.values(), key=lambda each: -each[0])[: _KEPT + 1]
    return [_make_finding(described, ranked, place) for place in range(min(len(ranked), _KEPT))]


def _know_before(features: Mapping[str, float]) -> float:
    """The log-odds that a whole line has by what papers tell that the fitted ones hold too few of."""
    prior = load_weights(SellerWeights).prior
    registered = features["registered_below"] * (1 - features["sentence"])
    return features["plain_line"] * (prior.host * features["host_likeness"] + prior.registered * registered)


def _list_buyers(judgement: Judgement) -> frozenset[str]:
    """Folded names that a heading gives to the buyer, and none to the seller."""
    return judgement.headed_buyers - judgement.headed_sellers


def is_office(candidate: NameCandidate, page: PageView, office: Office) -> bool:
    """Whether a candidate is who receives the paper: by its name, or by its numbers in the lines below."""
    if any(fuzz.ratio(candidate.folded, fold(name)) >= _SAME_NAME_RATIO for name in office.names):
        return True
    numbers = [fold(number) for number in (*office.vat_ids, *office.ibans)]
    if not any(len(number) >= _MIN_NUMBER_CHARS for number in numbers):
        return False
    below = page.cells_below(candidate.box, candidate.last_row, _NUMBER_ROWS)
    texts = [fold(row.join(first, last)) for row, first, last in below]
    return any(number in text for text in texts for number in numbers if len(number) >= _MIN_NUMBER_CHARS)


def _make_finding(described: DescribedPage, ranked: Sequence[tuple[float, NameCandidate]], place: int) -> Finding:
    log_odds, candidate = ranked[place]
    rival = ranked[1][0] if place == 0 and len(ranked) > 1 else ranked[0][0]
    lead = log_odds - rival if len(ranked) > 1 else MAX_LEAD
    headed = _find_headed(described.judgement.sellers, candidate)
    proved, method = _find_proof(described.judgement, headed, candidate)
    proved = proved and not is_nearly_like(candidate.text, described.hosts)
    chance = load_chance(FOREST).rate(log_odds, lead)
    row, words = candidate.row, candidate.words
    return Finding(candidate.text, described.page, row, 0, 0, chance, method, role_proved=proved, more=words)


def _find_headed(sellers: Sequence[Finding], candidate: NameCandidate) -> Finding | None:
    return next((finding for finding in sellers if fold(finding.value) == candidate.folded), None)


def _find_proof(judgement: Judgement, headed: Finding | None, candidate: NameCandidate) -> tuple[bool, str]:
    """Whether more than its rank speaks for the name, and how to say where it was found."""
    if any(fold(buyer.value) == candidate.folded for buyer in judgement.buyers):
        return False, FoundBy.RANKED
    if headed is not None:
        return headed.role_proved and not _is_doubtful(headed), headed.method
    if candidate.folded in judgement.proved:
        return True, FoundBy.HEAD_AND_DOMAIN
    return False, FoundBy.RANKED


def _is_doubtful(headed: Finding) -> bool:
    """A heading that may name who served, over what may be a person; or one that names whom to pay."""
    phrase = headed.method.removeprefix("under '").removesuffix("'")
    phrase = fold(phrase)
    person = phrase in load_phrases("heading_of_people") and mark_words(headed.value)["person_like"] > 0
    return person or phrase in load_phrases("heading_of_money")


def drop_office(findings: Sequence[Finding], office: Office) -> list[Finding]:
    """Without those that name who receives the paper."""
    names = [fold(name) for name in office.names]
    return [each for each in findings if all(fuzz.ratio(fold(each.value), name) < _SAME_NAME_RATIO for name in names)]


def limit_scores(findings: Sequence[Finding], most: float) -> list[Finding]:
    """The same with no score above ``most``."""
    return [replace(each, score=min(each.score, most)) for each in findings]

"""Choose the total among all amounts on the document, by a ranking that was fitted on many sources.

Which features speak for an amount is code (``describe``), how much each counts is data (``weights/total.json``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from invoicewatch.extract.amounts.roles import SUM_ROLES, TOTAL_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.ranking.describe import Scene, describe_total, list_values
from invoicewatch.extract.total.ranking.points import Pointed, count_points, find_superseded
from invoicewatch.extract.total.reading.arithmetic import Arithmetic
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.closings import Closing
from invoicewatch.extract.total.reading.sums import Sums
from invoicewatch.extract.weights.forest import load_forest

_NO_POINTS = -3.0  # fewer than any amount that a label names


@dataclass(frozen=True)
class TotalCandidate:
    """A value that may be the total, with what speaks for it.

    ``claims`` are the labels that name it, best first; none where only arithmetic or its place does. ``amount`` is
    where it stands, or the amount it is reckoned from if it stands nowhere, ``places`` are all where it stands.
    ``superseded`` says that a later sum replaces it. ``score`` is the log-odds that the ranking gives its ``features``.
    """

    value: Decimal
    amount: Amount
    claims: tuple[Claim, ...]
    closings: tuple[Closing, ...]
    superseded: bool
    features: Mapping[str, float]
    score: float = 0.0
    places: tuple[Amount, ...] = ()

    @property
    def strict(self) -> tuple[Closing, ...]:
        """The closings that prove something."""
        return tuple(closing for closing in self.closings if closing.strict)

    @property
    def text(self) -> str:
        """The words that it was read from."""
        return self.claims[0].text if self.claims else self.amount.text


def rank_totals(sums: Sums) -> list[TotalCandidate]:
    """All values that may be the total, the likeliest first."""
    candidates = list_candidates(sums)
    scores = load_forest("total").rate([candidate.features for candidate in candidates])
    scored = [replace(each, score=float(score)) for each, score in zip(candidates, scores, strict=True)]
    return _put_whole_first(sorted(scored, key=lambda candidate: -candidate.score), sums)


def _put_whole_first(ranked: list[TotalCandidate], sums: Sums) -> list[TotalCandidate]:
    """What is left after payments is no total where the sum that it is left of stands on the page."""
    best = ranked[0] if ranked else None
    if best is None or any(claim.role is not AmountRole.AMOUNT_DUE for claim in best.claims):
        return ranked
    wholes = {
        c.total for c in sums.closings if c.kind is Arithmetic.PREPAID and c.strict and c.superseded == best.value
    }
    first = [each for each in ranked if each.value in wholes and each.places]
    return [*first, *(each for each in ranked if each not in first)]


def list_candidates(sums: Sums) -> list[TotalCandidate]:
    """All values that may be the total, described and not yet ranked, in reading order."""
    scene = Scene(sums.sheets, sums.claims, sums.closings)
    pointed = count_points(sums.claims, sums.closings)
    superseded = find_superseded(sums.closings)
    most = sorted(((each.points, value) for value, each in pointed.items()), reverse=True)[:2]
    candidates = []
    for value in list_values(scene):
        own = tuple(scene.closings_by_total.get(value, ()))
        named = pointed[value].claims if value in pointed else ()
        places = scene.by_value.get(value)
        amount = named[0].amount if named else places[-1] if places else own[0].members[0]
        features = {**describe_total(scene, value), **_compare_points(value, pointed, most)}
        candidates.append(
            TotalCandidate(value, amount, named, own, value in superseded, features, places=tuple(places or ()))
        )
    return candidates


def _compare_points(
    value: Decimal, pointed: Mapping[Decimal, Pointed], most: Sequence[tuple[float, Decimal]]
) -> dict[str, float]:
    """The points of ``value``, and its lead over the best other one; ``most`` has the two with the most points."""
    own = pointed[value].points if value in pointed else _NO_POINTS
    others = next((points for points, other in most if other != value), 0.0)
    return {"points": own, "points_lead": own - others}


def has_label(candidate: TotalCandidate) -> bool:
    """Whether a label of its own says that this is a total."""
    return any(claim.role in SUM_ROLES for claim in candidate.claims)


def names_total(candidate: TotalCandidate) -> bool:
    """Whether a label says that this is the total, not merely what is left to pay."""
    return any(claim.role in TOTAL_ROLES for claim in candidate.claims)

"""Choose the total among the amounts that claim to be it.

Each value collects evidence: what its labels say, which sums close on it, where else it stands. The weights are
judgement in units of about one halving of the odds; ``benchmarks/calibration`` turns the outcome into a probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.claims import Claim
from invoicewatch.extract.total.closings import Closing
from invoicewatch.extract.total.sheet import SUM_ROLES

ROLE_WEIGHTS = {
    "payable": 3.5,
    "total": 2.8,
    "net_or_total": 2.0,
    "amount_due": 2.2,
    "card": 1.2,
    "cash": 0.8,
    "subtotal": 0.8,
    "net": 0.2,
}
_CHANGE_GIVEN = -2.5
_IN_TABLE = -1.6
_MISREAD_LABEL = -4.0
_INSIDE_CELL = -0.6
_QUALIFIED = -0.8
_SECOND_LABEL = 0.4
_IMPLIED = 0.8
_ROUNDED = "total + rounding"
_IMPLIES = frozenset(
    {"cash less change", "total + rounding", "payable + rounding"}
    | {f"{net} + {tax}" for net in ("net", "subtotal") for tax in ("tax", "tax total")}
)
_CLOSES = {"cash less change": 2.0, "due + prepaid": 2.0, "lines": 0.5, "bases and taxes by rate": 1.2}
_CLOSES_OTHERWISE = 1.5
_CLOSES_TRIVIALLY = 0.5
_SUPERSEDED = -1.8
_MENDED = -0.5
_NOTHING_LEFT = -2.5
_LATER = 0.3


@dataclass(frozen=True)
class TotalCandidate:
    """A value that may be the total, with what speaks for it.

    ``claims`` are the labels that name it, best first; none where only arithmetic does. ``amount`` is where it stands,
    or the amount it is reckoned from if it stands nowhere. ``superseded`` says that a later sum replaces it.
    """

    value: Decimal
    amount: Amount
    claims: tuple[Claim, ...]
    closings: tuple[Closing, ...]
    superseded: bool
    score: float

    @property
    def strict(self) -> tuple[Closing, ...]:
        """The closings that prove something."""
        return tuple(closing for closing in self.closings if closing.strict)

    @property
    def text(self) -> str:
        """The words that it was read from."""
        return self.claims[0].text if self.claims else self.amount.text


def rank_totals(
    claims: Sequence[Claim], closings: Sequence[Closing], shown: Mapping[Decimal, Amount]
) -> list[TotalCandidate]:
    """All values that a label or arithmetic says may be the total, the likeliest first.

    Args:
        claims: The labelled amounts.
        closings: The sums that close.
        shown: Where each amount of money stands on the document.
    """
    by_value: dict[Decimal, list[tuple[float, int, Claim]]] = defaultdict(list)
    for n, claim in enumerate(claims):
        if claim.role in ROLE_WEIGHTS:
            place = _LATER * n / max(1, len(claims))
            by_value[claim.value].append((_weigh_claim(claim) + place, n, claim))
    for closing in closings:
        if closing.strict and closing.kind in _IMPLIES:
            by_value.setdefault(closing.total, [])
    superseded = {c.superseded for c in closings if c.superseded is not None and (c.strict or c.kind == _ROUNDED)}
    ranked = []
    for value, weighed in by_value.items():
        weighed.sort(key=lambda each: (-each[0], -each[1]))
        own = tuple(closing for closing in closings if closing.total == value)
        score = _score(value, weighed, own) + (_SUPERSEDED if value in superseded else 0.0)
        named = tuple(claim for _, _, claim in weighed)
        score += _CHANGE_GIVEN if _is_more_than_owed(value, named, claims) else 0.0
        amount = named[0].amount if named else shown.get(value, own[0].members[0])
        ranked.append(TotalCandidate(value, amount, named, own, value in superseded, score))
    return sorted(ranked, key=lambda candidate: -candidate.score)


def _weigh_claim(claim: Claim) -> float:
    weight = ROLE_WEIGHTS[claim.role] * (0.5 + 0.5 * claim.weight)
    weight += _MISREAD_LABEL * (1.0 - claim.label.score)
    weight += _IN_TABLE if claim.in_table else 0.0
    weight += 0.0 if claim.label.leads else _INSIDE_CELL
    weight += _QUALIFIED if claim.qualified else 0.0
    return weight + (_MENDED if claim.amount.parsed.repaired else 0.0)


def _score(value: Decimal, weighed: Sequence[tuple[float, int, Claim]], closings: Sequence[Closing]) -> float:
    score = weighed[0][0] if weighed else _IMPLIED
    kinds = {claim.role for _, _, claim in weighed}
    score += _SECOND_LABEL * max(0, min(3, len(kinds) - 1 + (len(weighed) > 1)))
    for kind, strict in {(closing.kind, closing.strict) for closing in closings}:
        score += _CLOSES.get(kind, _CLOSES_OTHERWISE) if strict else _CLOSES_TRIVIALLY
    return score + (_NOTHING_LEFT if value == 0 else 0.0)


def _is_more_than_owed(value: Decimal, named: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Whether ``value`` is only the cash handed over, and some of it was handed back."""
    only_cash = bool(named) and all(claim.role == "cash" for claim in named)
    return only_cash and any(claim.role == "change" and 0 < claim.value < value for claim in claims)


def has_label(candidate: TotalCandidate) -> bool:
    """Whether a label of its own says that this is a total."""
    return any(claim.role in SUM_ROLES for claim in candidate.claims)


def names_total(candidate: TotalCandidate) -> bool:
    """Whether a label says that this is the total, not merely what is left to pay."""
    return any(claim.role in SUM_ROLES - {"amount_due"} for claim in candidate.claims)

"""What can be said of an amount that may be the total, as named numbers: what the ranking learns from.

Nothing here decides. Features are plain: how the labels name the amount, which sums close on it or contain it, where it
stands among the other amounts and how large it is printed. Shares are 0 to 1; counts are cut where more says no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from statistics import median

from invoicewatch.extract.amounts.roles import SUM_ROLES, TAX_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.reading.arithmetic import Addition, Arithmetic, ClosingKind, is_rounding
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.closings import Closing
from invoicewatch.extract.total.reading.sheet import Sheet

_ROLES = (
    AmountRole.PAYABLE, AmountRole.TOTAL, AmountRole.NET_OR_TOTAL, AmountRole.AMOUNT_DUE, AmountRole.CARD,
    AmountRole.CASH, AmountRole.SUBTOTAL, AmountRole.NET, AmountRole.TAX, AmountRole.TAX_TOTAL,
    AmountRole.TAX_INCLUDED, AmountRole.CHANGE, AmountRole.PREPAID, AmountRole.DISCOUNT, AmountRole.ROUNDING,
    AmountRole.NO_TOTAL, AmountRole.CARRIED, AmountRole.SERVICE, AmountRole.TIP,
)  # fmt: skip
_MANY = 4
_PAID = frozenset({AmountRole.CASH, AmountRole.CARD, AmountRole.CHANGE})


@dataclass(frozen=True)
class Scene:
    """All amounts of money on a document in reading order, and what the document says of them."""

    sheets: tuple[Sheet, ...]
    claims: tuple[Claim, ...]
    closings: tuple[Closing, ...]

    @cached_property
    def money(self) -> tuple[Amount, ...]:
        """Every amount of money, in reading order, and every other figure that a label claims."""
        shown = [amount for sheet in self.sheets for n in range(len(sheet.amounts)) for amount in sheet.money(n)]
        known = {(a.row.page, a.row.number, a.first) for a in shown}
        claimed = [c.amount for c in self.claims if (c.place[0], c.place[1], c.amount.first) not in known]
        return tuple(sorted({*shown, *claimed}, key=lambda a: (a.row.page, a.row.number, a.first)))

    @cached_property
    def by_value(self) -> dict[Decimal, list[Amount]]:
        """Where each value stands."""
        places: dict[Decimal, list[Amount]] = defaultdict(list)
        for amount in self.money:
            places[amount.value].append(amount)
        return dict(places)

    @cached_property
    def claims_by_value(self) -> dict[Decimal, list[Claim]]:
        """The labels that name each value."""
        named: dict[Decimal, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            named[claim.value].append(claim)
        return dict(named)

    @cached_property
    def carried(self) -> frozenset[Decimal]:
        """The values that only stand where a sum is carried from one page to the next."""
        rows = {c.place for c in self.claims if c.role is AmountRole.CARRIED and c.clear}
        return frozenset(
            value
            for value, places in self.by_value.items()
            if all((amount.row.page, amount.row.number) in rows for amount in places) and value not in self.named_sums
        )

    @cached_property
    def closings_by_total(self) -> dict[Decimal, list[Closing]]:
        """The sums that close on each value."""
        closed: dict[Decimal, list[Closing]] = defaultdict(list)
        for closing in self.closings:
            closed[closing.total].append(closing)
        return dict(closed)

    @cached_property
    def closings_by_member(self) -> dict[Decimal, list[Closing]]:
        """The sums that prove something and hold each value."""
        inside: dict[Decimal, list[Closing]] = defaultdict(list)
        for closing in self.closings:
            for value in {member.value for member in closing.members} if closing.strict else ():
                inside[value].append(closing)
        return dict(inside)

    @cached_property
    def superseded(self) -> frozenset[Decimal]:
        """The sums that another one replaces."""
        replaced = (c for c in self.closings if c.superseded is not None and (c.strict or is_rounding(c.kind)))
        return frozenset(c.superseded for c in replaced if c.superseded is not None)

    @cached_property
    def named_sums(self) -> frozenset[Decimal]:
        """All values that a label calls a sum."""
        return frozenset(claim.value for claim in self.claims if claim.role in SUM_ROLES)

    @cached_property
    def sum_places(self) -> tuple[tuple[int, int], ...]:
        """Page and row of each amount that a label calls a sum, in order."""
        return tuple(sorted({claim.place for claim in self.claims if claim.role in SUM_ROLES}))

    @cached_property
    def first_payment(self) -> tuple[int, int] | None:
        """Page and row of the first amount that was paid or handed back."""
        return min((claim.place for claim in self.claims if claim.role in _PAID), default=None)

    @cached_property
    def amounts_on_row(self) -> Counter[tuple[int, int]]:
        """How many amounts of money stand on each row."""
        return Counter((amount.row.page, amount.row.number) for amount in self.money)

    @cached_property
    def largest(self) -> Decimal:
        """The largest amount that a label of sums or payment names, else the largest of all."""
        named = [abs(c.value) for c in self.claims if c.role in SUM_ROLES]
        return max(named, default=max((abs(a.value) for a in self.money), default=Decimal(0)))

    @cached_property
    def ranks(self) -> dict[Decimal, int]:
        """The place of each value among all, the largest first."""
        values = sorted({abs(a.value) for a in self.money}, reverse=True)
        return {value: n for n, value in enumerate(values)}

    @cached_property
    def last_page(self) -> int:
        """The last page that holds an amount."""
        return max((amount.row.page for amount in self.money), default=1)

    @cached_property
    def height(self) -> float:
        """The usual height of a figure."""
        return median([amount.box.height for amount in self.money] or [0.01])

    @cached_property
    def order(self) -> dict[tuple[int, int], int]:
        """The place of each row with money among all such rows."""
        rows = sorted({(a.row.page, a.row.number) for a in self.money})
        return {row: n for n, row in enumerate(rows)}


def describe_total(scene: Scene, value: Decimal) -> dict[str, float]:
    """The features of ``value`` as the total of the document."""
    claims = scene.claims_by_value.get(value, [])
    return {
        **_describe_labels(scene, claims),
        **_describe_closings(scene, value),
        **_describe_place(scene, value, claims),
        **_describe_size(scene, value),
    }


def _describe_labels(scene: Scene, claims: Sequence[Claim]) -> dict[str, float]:
    features = {f"as_{role}": 0.0 for role in _ROLES}
    for claim in claims:
        name = f"as_{claim.role}"
        if name in features:
            features[name] = max(features[name], claim.weight * claim.label.score)
    sums = [c for c in claims if c.role in SUM_ROLES]
    best = max(sums, key=lambda c: (c.weight * c.label.score, c.place), default=None)
    features |= {
        "labels": min(_MANY, len(claims)),
        "sum_labels": min(_MANY, len(sums)),
        "roles": min(_MANY, len({c.role for c in claims})),
        "other_sums": min(_MANY, len(scene.named_sums - {c.value for c in sums})),
    }
    if best is not None:
        features |= {
            "label_score": best.label.score,
            "label_words": min(_MANY, len(best.label.phrase.split())),
            "label_leads": float(any(c.label.leads for c in sums)),
            "only_in_table": float(all(c.in_table for c in sums)),
            "only_qualified": float(all(c.qualified for c in sums)),
            "headed": float(any(c.headed for c in sums)),
            "label_larger": min(3.0, best.label.box.height / scene.height) if scene.height else 1.0,
        }
    return features


def _describe_closings(scene: Scene, value: Decimal) -> dict[str, float]:
    own = scene.closings_by_total.get(value, [])
    strict = {c.kind for c in own if c.strict}
    inside = scene.closings_by_member.get(value, [])
    return {
        "closes": min(_MANY, len(strict)),
        "closes_trivially": float(bool(own) and not strict),
        "closes_change": float(Arithmetic.CHANGE in strict),
        "closes_due": float(Arithmetic.PREPAID in strict),
        "closes_lines": float(Arithmetic.LINES in strict),
        "closes_rates": float(Arithmetic.TAX_TABLE in strict),
        "closes_tax": float(any(_adds_tax(kind) for kind in strict)),
        "closes_rounding": float(any(is_rounding(kind) for kind in strict)),
        "superseded": float(value in scene.superseded),
        "part_of_sum": float(bool(inside)),
        "part_of_tax_sum": float(any(_adds_tax(c.kind) for c in inside)),
        "part_of_change": float(any(c.kind is Arithmetic.CHANGE for c in inside)),
    }


def _adds_tax(kind: ClosingKind) -> bool:
    return isinstance(kind, Addition) and not TAX_ROLES.isdisjoint(kind.added)


def _describe_place(scene: Scene, value: Decimal, claims: Sequence[Claim]) -> dict[str, float]:
    places = scene.by_value.get(value, [])
    if not places:
        return {"nowhere": 1.0}
    labelled = [c.amount for c in claims if c.role in SUM_ROLES] or [c.amount for c in claims] or places
    place = labelled[-1]
    row = (place.row.page, place.row.number)
    sums, paid = scene.sum_places, scene.first_payment
    rows = len(scene.order)
    text = place.row.text
    return {
        "times": min(_MANY, len(places)),
        "row_share": (scene.order[row] + 1) / rows,
        "rows_below": min(12.0, rows - 1 - scene.order[row]),
        "first_sum": float(bool(sums) and row == sums[0]),
        "last_sum": float(bool(sums) and row == sums[-1]),
        "before_payment": float(paid is not None and row < paid),
        "after_payment": float(paid is not None and row > paid),
        "on_last_page": float(place.row.page == scene.last_page),
        "x": place.box.x1,
        "y": place.box.middle[1],
        "larger": min(4.0, max(p.box.height for p in places) / scene.height) if scene.height else 1.0,
        "alone_on_row": float(scene.amounts_on_row[row] == 1),
        "row_letters": min(60.0, sum(char.isalpha() for char in text)),
        "row_begins_with_figure": float(text[:1].isdigit()),
        "row_percent": float("%" in text),
        "currency_beside": float(any(p.currency for p in places)),
        "cents": float(place.parsed.decimals == 2),  # noqa: PLR2004 - cents
        "mended": float(place.parsed.repaired),
        "cut": float(place.cut),
        "unclear": 1.0 - min((w.confidence for w in place.words), default=0.0) / 100,
    }


def _describe_size(scene: Scene, value: Decimal) -> dict[str, float]:
    largest = scene.largest
    return {
        "share_of_largest": min(3.0, float(abs(value) / largest)) if largest else 0.0,
        "largest": float(abs(value) == largest),
        "size_rank": min(8.0, scene.ranks.get(abs(value), 8)),
        "amounts": min(40.0, len(scene.money)),
        "zero": float(value == 0),
        "negative": float(value < 0),
    }


def list_values(scene: Scene) -> list[Decimal]:
    """Every value that may be the total: what stands there as money, and what closings imply; no carried sum."""
    values = dict.fromkeys(amount.value for amount in scene.money)
    values |= dict.fromkeys(closing.total for closing in scene.closings if closing.strict)
    return [value for value in values if value not in scene.carried]

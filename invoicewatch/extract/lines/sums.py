"""Whether lines add up to what the document says, and whether each is what its quantity and its price make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice, product

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.lines.draft import AMOUNT_ROLES, ColumnRole, Draft
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Field

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_STEPS = frozenset({AmountRole.DISCOUNT, AmountRole.SERVICE, AmountRole.TIP, AmountRole.ROUNDING})
_MOST_STEPS = 6
_MOST_TERMS = 3
_MOST_UNNAMED = 5

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Closing:
    """What the lines add up to: ``gross`` with tax, ``proved`` where that sum is; ``sign`` turns a credit note's."""

    gross: bool
    proved: bool
    sign: int = 1


def sum_line(draft: Draft) -> Decimal:
    """What a line costs, with what is taken off it."""
    return find_amount(draft).value + sum((amount.value for amount in draft.off), ZERO)


def find_amount(draft: Draft) -> Amount:
    """The figure of the line's sum."""
    return next(figure for role, figure in draft.figures.items() if role in AMOUNT_ROLES)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of its sums: its figures of money, what labels say of them, and the fields."""

    sheets: Sequence[Sheet]
    claims: Sequence[Claim]
    fields: Mapping[str, Field | None]

    def find_sum(self, name: str) -> Decimal | None:
        """The value of a field of money."""
        field = self.fields.get(name)
        return field.value if field is not None and isinstance(field.value, Decimal) else None

    def list_steps(self, end: Place) -> list[Decimal]:
        """Discounts and charges that are named below the lines, the largest first."""
        below = {abs(c.value) for c in self.claims if c.role in _STEPS and c.value != 0 and c.place > end}
        return sorted(below, reverse=True)[:_MOST_STEPS]

    def list_unnamed(self, end: Place) -> list[Decimal]:
        """The next few amounts below the lines, whatever they are called."""
        below = (
            amount.value
            for sheet in self.sheets
            for n in range(len(sheet.page.rows))
            if (sheet.page.page, n) > end
            for amount in sheet.money(n)
        )
        return list(islice(below, _MOST_UNNAMED))


def close_lines(drafts: Sequence[Draft], stated: Stated, *, headed: bool) -> Closing | None:
    """How the lines lead to the net sum, else to the total: at once, or by discounts and charges.

    These are named. Below a table that is ``headed`` one may stand without a name, and proves nothing unless the sum of
    the lines is printed before it. None where the lines do not lead there, as where one is missing or read twice.
    """
    lines = sum((sum_line(draft) for draft in drafts), ZERO)
    if not drafts or lines == 0:
        return None
    end = max((figure.row.page, figure.row.number) for figure in drafts[-1].figures.values())
    steps, unnamed = stated.list_steps(end), stated.list_unnamed(end)
    between = [abs(value) for value in unnamed if headed and len(drafts) > 1]
    printed = bool(unnamed) and abs(unnamed[0]) == abs(lines)
    for name, sign in product(("net_total", "total"), (1, -1)):
        value = stated.find_sum(name)
        if value is None:
            continue
        if _leads_to(lines * sign, value, steps):
            return Closing(name == "total", _is_proved(name, value, stated), sign)
        if _steps_to(lines * sign, value, between):
            return Closing(name == "total", printed and _is_proved(name, value, stated), sign)
    return None


def _is_proved(name: str, value: Decimal, stated: Stated) -> bool:
    """Whether the sum itself is proved; a net sum is, too, where it makes the proved total with the tax."""
    field, total = stated.fields[name], stated.fields.get("total")
    if field is not None and field.verified:
        return True
    tax = stated.find_sum("tax_total") or ZERO
    return total is not None and total.verified and value + tax == total.value


def _steps_to(lines: Decimal, value: Decimal, between: Sequence[Decimal]) -> bool:
    """Whether one amount right below the lines makes the other sum of theirs."""
    return any(lines + sign * step == value for step in between for sign in (-1, 1))


def _leads_to(lines: Decimal, stated: Decimal, steps: Sequence[Decimal]) -> bool:
    if lines == stated:
        return True
    for count in range(1, min(_MOST_TERMS, len(steps)) + 1):
        for terms in combinations(steps, count):
            for signs in product((-1, 1), repeat=count):
                if lines + sum((sign * term for sign, term in zip(signs, terms, strict=True)), ZERO) == stated:
                    return True
    return False


@dataclass(frozen=True, slots=True)
class Product:
    """Quantity and price that make a line's sum, of the ways to read them."""

    quantity: Decimal
    price: Decimal


def find_product(draft: Draft) -> Product | None:
    """The quantity and the price whose product is the line's sum to the cent, less its discount; None if none is."""
    quantity, price = (draft.figures.get(role) for role in (ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE))
    if quantity is None or price is None:
        return None
    sums = {abs(find_amount(draft).value), abs(sum_line(draft))}
    parts = _list_parts(draft.figures.get(ColumnRole.LINE_DISCOUNT))
    for count, each in product(_list_values(quantity), _list_values(price)):
        for part in parts:
            made = abs(count * each) * part
            if any(abs(made - known) <= _CENT for known in sums):
                return Product(count, each)
    return None


def _list_values(amount: Amount) -> list[Decimal]:
    return [amount.value, *amount.others]


def _list_parts(discount: Amount | None) -> list[Decimal]:
    """What of a line is left after its discount in per cent, if that is one."""
    if discount is None or not ZERO < abs(discount.value) <= _HUNDRED:
        return [Decimal(1)]
    return [1 - abs(discount.value) / _HUNDRED, Decimal(1)]

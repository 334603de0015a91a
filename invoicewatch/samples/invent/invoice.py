"""What one sample says: parties, items and sums, in exact decimal arithmetic, before anything is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from invoicewatch.samples.invent.formats import MoneyStyle

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


class Kind(StrEnum):
    """What kind of paper it is, as the field ``document_type`` names it."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Party:
    """A seller or buyer; what it does not have is an empty string."""

    name: str
    street: str
    city: str
    country: str
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    iban: str = ""
    bic: str = ""
    bank: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line. ``unit_price`` includes tax where the spec's ``prices_include_tax`` says so; ``rate`` is in percent."""

    text: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    rate: Decimal
    discount_percent: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        """Quantity times price less discount, rounded to cents."""
        full = self.quantity * self.unit_price
        return round_cents(full - full * self.discount_percent / HUNDRED)


_CORRECTIONS = frozenset({"Rechnungskorrektur", "Stornorechnung"})


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of one rate (in percent) on its net base."""

    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceSpec:
    """One document's content; every sum is derived from the items.

    ``sign`` is -1 for a credit note that prints its amounts negative, else 1; every sum carries it.
    ``cash_step`` is what the total is rounded to (0 for no cash rounding). ``prepaid`` is a deposit to be deducted;
    ``tendered`` is the cash handed over at a till. ``labels`` are the words chosen for this document, by meaning.
    """

    seed: int
    kind: Kind
    language: str
    market: str
    currency: str
    number: str
    issue_date: date
    due_date: date | None
    delivery_date: date | None
    order_number: str
    customer_number: str
    seller: Party
    buyer: Party | None
    items: tuple[Item, ...]
    prices_include_tax: bool
    discount_percent: Decimal
    prepaid: Decimal
    cash_step: Decimal
    tendered: Decimal | None
    fee: Decimal
    sign: int
    money: MoneyStyle
    date_style: str
    labels: Mapping[str, str]
    paragraphs: tuple[str, ...] = ()

    @property
    def stated(self) -> InvoiceSpec:
        """The document as fields and XML state it: a credit note's amounts are positive, whatever it prints.

        A corrected or cancelled invoice (UNTDID 1001: 384) keeps its sign.
        """
        return self if self.sign > 0 or self.labels["title"] in _CORRECTIONS else replace(self, sign=1)

    @property
    def items_total(self) -> Decimal:
        """Sum of the lines as printed, before the discount on the whole."""
        return self.sign * sum((item.amount for item in self.items), ZERO)

    @property
    def discount(self) -> Decimal:
        """The discount on the whole document, taken rate by rate; positive where it lowers the sum."""
        return self.sign * sum((self._discount_on(amount) for amount in self._amounts_by_rate().values()), ZERO)

    @property
    def tax_lines(self) -> tuple[TaxLine, ...]:
        """Base and tax of each rate, highest rate first."""
        lines = []
        for rate, amount in sorted(self._amounts_by_rate().items(), reverse=True):
            rest = amount - self._discount_on(amount)
            if self.prices_include_tax:
                tax = round_cents(rest * rate / (HUNDRED + rate))
                base = rest - tax
            else:
                tax = round_cents(rest * rate / HUNDRED)
                base = rest
            lines.append(TaxLine(rate, self.sign * base, self.sign * tax))
        return tuple(lines)

    @property
    def net_total(self) -> Decimal:
        """BT-109: what is to be taxed."""
        return sum((line.base for line in self.tax_lines), ZERO)

    @property
    def tax_total(self) -> Decimal:
        """BT-110."""
        return sum((line.tax for line in self.tax_lines), ZERO)

    @property
    def gross_total(self) -> Decimal:
        """BT-112: net and tax."""
        return self.net_total + self.tax_total

    @property
    def rounding(self) -> Decimal:
        """BT-114: what rounding to the smallest coin adds (or takes, negative)."""
        if not self.cash_step:
            return ZERO
        steps = (self.gross_total / self.cash_step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return steps * self.cash_step - self.gross_total

    @property
    def total(self) -> Decimal:
        """What the document asks for: gross and rounding."""
        return self.gross_total + self.rounding

    @property
    def amount_due(self) -> Decimal:
        """BT-115: the total less what was paid before."""
        return self.total - self.prepaid + self.fee

    def _amounts_by_rate(self) -> dict[Decimal, Decimal]:
        amounts: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
        for item in self.items:
            amounts[item.rate] += item.amount
        return dict(amounts)

    def _discount_on(self, amount: Decimal) -> Decimal:
        return round_cents(amount * self.discount_percent / HUNDRED)


def round_cents(value: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero, as tills and tax offices do."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)

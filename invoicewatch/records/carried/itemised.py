"""What a bill is made of: its lines (EN 16931's BG-25) and its tax by rate (BG-23), each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.records.field import Source
from invoicewatch.records.geometry import Box


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line of goods or services; what it does not state is None, or empty for a text.

    ``description`` is BT-153, ``quantity`` BT-129, ``unit`` BT-130 (a code in XML, the word on paper), ``unit_price``
    BT-146, ``net`` BT-131, ``rate`` BT-152 in per cent. ``gross`` is the line's sum with tax, which is all that many a
    receipt prints; then ``unit_price`` is with tax, too. Money is in the document's currency.

    ``page`` (from 1) and ``box`` say where it stands, ``path`` names the element of an e-invoice instead (XPath over
    local names, from the invoice's element). ``verified`` says that it was read right and that the lines add up to a
    proved sum of the document.
    """

    description: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    net: Decimal | None
    gross: Decimal | None
    rate: Decimal | None
    source: Source
    verified: bool
    page: int | None = None
    box: Box | None = None
    path: str = ""

    @property
    def amount(self) -> Decimal | None:
        """What the line costs, as it states it: without tax, else with tax."""
        return self.net if self.net is not None else self.gross


@dataclass(frozen=True, slots=True)
class TaxByRate:
    """The tax at one rate: ``base`` BT-116 (without tax), ``tax`` BT-117, ``rate`` BT-119 in per cent.

    ``category`` is BT-118 as the file states it, or the till's letter; empty where there is none. The evidence is as
    that of a line.
    """

    category: str
    rate: Decimal | None
    base: Decimal | None
    tax: Decimal
    source: Source
    verified: bool
    page: int | None = None
    box: Box | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Itemised:
    """The lines and the tax by rate of one document, in the document's order."""

    lines: tuple[InvoiceLine, ...] = ()
    taxes: tuple[TaxByRate, ...] = ()

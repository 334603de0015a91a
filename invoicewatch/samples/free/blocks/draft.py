"""A layout in the making: its bill, its hand, its dice, and what it has told so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block
from invoicewatch.samples.free.blocks.hand import Hand
from invoicewatch.samples.free.invent.bill import Bill
from invoicewatch.samples.invent.formats import write_date

NameAt = Literal["head", "foot", "terms", "payable"]
Signs = Literal["all", "total", "head", "none"]


@dataclass(slots=True)
class Draft:
    """What every piece of one layout shares.

    ``told`` holds each field that was printed, as printed. ``signs`` says which amounts bear the currency, ``colon``
    what follows a label, ``name_at`` where the seller's full name must stand. ``drawn`` names pieces that stand once.
    """

    bill: Bill
    hand: Hand
    rng: Random
    name_at: NameAt = "head"
    signs: Signs = "total"
    colon: str = ":"
    ids_at: str = "foot"
    drawn: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)

    def chance(self, probability: float) -> bool:
        """Throw dice."""
        return self.rng.random() < probability

    def say(self, meaning: str, **fills: str) -> str:
        """This document's words for a meaning."""
        return self.bill.wording.say(meaning, **fills)

    def label(self, meaning: str, **fills: str) -> str:
        """Words that stand before a value, with this layout's colon."""
        text = self.say(meaning, **fills)
        return text if not text or text[-1] in ".:#°º" else text + self.colon

    def tell(self, field_name: str, text: str) -> str:
        """Note that a field is being printed, and give its text back; its first print counts."""
        self.told.setdefault(field_name, text)
        return text

    def date(self, day: date, field_name: str = "") -> str:
        """A date as this document writes it."""
        text = write_date(day, self.bill.spec.date_style, self.bill.spec.language)
        return self.tell(field_name, text) if field_name else text

    def amount(self, value: Decimal, field_name: str = "", *, strong: bool = False) -> str:
        """An amount as this document writes it; ``strong`` ones are those that the whole comes to."""
        money = self.bill.spec.money
        signed = self.signs == "all" or (strong and self.signs == "total")
        text = money.write(value) if signed else money.write_bare(value)
        if signed:
            self.tell("currency", text)
        return self.tell(field_name, text) if field_name else text

    def rate(self, value: Decimal) -> str:
        """A percentage without needless zeros."""
        return f"{value.normalize():f}".replace(".", self.bill.spec.money.numbers.decimal)

    def line(self, text: str, *, bold: bool = False, room: float | None = None) -> Block:
        """One line in this layout's hand."""
        return self.hand.line(text, bold=bold, room=room)


# Makes a piece no wider than so many points, its lines set to one side.
Maker = Callable[[Draft, float, Align], Block]

"""A line while it is read: its figures by what they are, its words, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.records import Box, Word


class ColumnRole(StrEnum):
    """What a column of a table of goods holds, as the table ``lines`` of the languages' files names it."""

    DESCRIPTION = auto()
    QUANTITY = auto()
    UNIT = auto()
    UNIT_PRICE = auto()
    LINE_DISCOUNT = auto()
    RATE = auto()
    POSITION = auto()
    CODE = auto()
    LINE_GROSS = auto()
    LINE_NET = auto()


AMOUNT_ROLES = frozenset({ColumnRole.LINE_NET, ColumnRole.LINE_GROSS})
_FEWEST_LETTERS = 2
KEY_ROLES = AMOUNT_ROLES | {ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE}
"""The figures of which a line has one each: a second one begins the next line."""


@dataclass(slots=True)
class Draft:
    """One line. ``off`` is what stands under its amount and belongs to it: a discount, or a charge.

    ``doubtful`` says that its text may end elsewhere, or that something was taken off below it that may be the line's.
    """

    page: int
    figures: dict[ColumnRole, Amount] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    unit: list[Word] = field(default_factory=list)
    off: list[Amount] = field(default_factory=list)
    doubtful: bool = False

    def find_value(self, role: ColumnRole) -> Decimal | None:
        """The likeliest value of its figure of that role."""
        figure = self.figures.get(role)
        return None if figure is None else figure.value

    @property
    def description(self) -> str:
        """Its words as they stand."""
        return " ".join(word.text for word in self.words).strip()

    @property
    def is_named(self) -> bool:
        """Whether it says what was sold, and not figures alone."""
        return sum(char.isalpha() for char in self.description) >= _FEWEST_LETTERS

    @property
    def box(self) -> Box:
        """Around all that was read of it."""
        words = [word for figure in (*self.figures.values(), *self.off) for word in figure.words]
        return Box.around(word.box for word in (*self.words, *self.unit, *words))

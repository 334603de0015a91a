"""How free layouts write amounts: lakhs, dashes for no cents, minus signs behind or as brackets; document numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from invoicewatch.samples.invent.formats import MoneyStyle, NumberStyle

_NEGATIVES = ("-{}", "-{}", "-{}", "- {}", "{}-", "({})")


@dataclass(frozen=True, slots=True)
class LakhStyle(NumberStyle):
    """Indian grouping: the last three digits, then pairs, ``12,34,567.89``."""

    def write(self, value: Decimal, places: int = 2) -> str:
        """Write a number with ``places`` decimals."""
        whole, _, rest = f"{abs(value):.{places}f}".partition(".")
        head, tail = whole[:-3], whole[-3:]
        pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
        text = self.group.join([*pairs, tail]) + (self.decimal + rest if places else "")
        return f"-{text}" if value < 0 else text


INDIAN = LakhStyle(",", ".")


@dataclass(frozen=True, slots=True)
class FreeMoney(MoneyStyle):
    """Amounts of one document. ``negative`` holds ``{}`` for what is below zero.

    ``whole`` stands for the decimals of a round amount, as in ``45,--``; with none they are written out.
    """

    negative: str = "-{}"
    whole: str = ""

    def write(self, value: Decimal) -> str:
        """Write an amount with its currency."""
        return self._sign(self.pattern.format(self._write_positive(abs(value))), value)

    def write_bare(self, value: Decimal) -> str:
        """Write an amount without a currency."""
        return self._sign(self._write_positive(abs(value)), value)

    def _write_positive(self, value: Decimal) -> str:
        if self.whole and value == value.to_integral_value():
            return self.numbers.write(value, 0) + self.whole
        return self.numbers.write(value)

    def _sign(self, text: str, value: Decimal) -> str:
        return self.negative.format(text) if value < 0 else text


def choose_money(numbers: NumberStyle, symbol: str, *, before: bool, dashes: bool, rng: Random) -> FreeMoney:
    """Draw how amounts are written; ``dashes`` allows signs in place of no cents."""
    glue = rng.choice(("", " ")) if len(symbol) == 1 or rng.random() < 0.2 else " "
    pattern = f"{symbol}{glue}{{}}" if before else f"{{}}{glue}{symbol}"
    whole = f"{numbers.decimal}{rng.choice(('-', '--', '–'))}" if dashes else ""
    return FreeMoney(numbers, pattern, rng.choice(_NEGATIVES), whole)


def invent_number(issued: date, rng: Random) -> str:
    """The number of an invoice, in one of the shapes that offices use."""
    serial = rng.randint(1, 99999)
    letters = "".join(rng.choices("ABCEFGHKLNPTVWX", k=2))
    return rng.choice(
        (
            f"{issued.year}-{serial:04d}",
            f"{letters}-{issued:%Y%m}-{serial:05d}",
            f"INV{serial:06d}",
            f"INV-{serial:05d}",
            f"{serial:05d}/{issued:%y}",
            f"{issued.year}/{serial}",
            f"{rng.randint(100000, 9999999)}",
            f"{serial}",
            f"{letters[0]}{issued.year}{serial:05d}",
            f"{letters}{rng.randint(10, 99)}.{serial:05d}",
            f"{issued:%y%m}{serial:04d}",
            f"{letters} {serial:06d}",
            f"#{serial:05d}"[rng.choice((0, 1)) :],
            f"{rng.randint(10, 99)}-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
        )
    )


def invent_till_number(issued: date, rng: Random) -> str:
    """The number of a receipt."""
    serial = rng.randint(1, 99999)
    return rng.choice(
        (
            f"{serial:06d}",
            f"{serial}",
            f"CS{serial:08d}",
            f"{rng.randint(1, 9)}-{serial:05d}",
            f"{issued:%y%m%d}{serial:04d}",
            f"{rng.randint(10, 99)}/{serial:04d}",
            f"{rng.randint(1000, 9999)} {serial:04d}",
            f"T{rng.randint(1, 9):02d}-{serial:06d}",
        )
    )

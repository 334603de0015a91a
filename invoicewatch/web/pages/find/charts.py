"""Bars of a chart, placed: across in percent of its width, so that its texts keep their size, and down in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

HEIGHT = 180
ROW = 36
_TOP = 16
_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_TICKS = 4
_FILLED = 0.72


@dataclass(frozen=True, slots=True)
class Bar:
    """``x`` and ``width`` are percent; ``middle`` is where its label stands."""

    label: str
    value: Decimal
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The middle of an upright bar, in percent."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one currency (``unit``; None: what has none), and the lines across them, each with its value."""

    unit: str | None
    bars: list[Bar]
    ticks: list[tuple[float, Decimal]]
    height: int


def draw_upright(unit: str | None, values: Mapping[str, Decimal]) -> Chart:
    """A bar a month, in order: up for what is owed, down for what is given back."""
    step = find_step(max(*values.values(), -min(values.values()), Decimal(1)))
    high = step * (max(values.values()) / step).to_integral_value(ROUND_UP)
    low = min(Decimal(0), step * (min(values.values()) / step).to_integral_value(ROUND_UP))
    scale = (HEIGHT - _TOP) / float(max(high, Decimal(0)) - low or 1)
    zero = _TOP + float(max(high, Decimal(0))) * scale
    slot = 100 / len(values)
    bars = []
    for place, (label, value) in enumerate(values.items()):
        tall = abs(float(value)) * scale
        x = slot * (place + (1 - _FILLED) / 2)
        y = zero - tall if value > 0 else zero
        bars.append(Bar(label, value, round(x, 3), round(y, 1), round(slot * _FILLED, 3), round(tall, 1)))
    count = int((max(high, Decimal(0)) - low) / step)
    ticks = [(round(zero - float(low + step * n) * scale, 1), low + step * n) for n in range(count + 1)]
    return Chart(unit, bars, ticks, HEIGHT)


def draw_lying(unit: str | None, values: Sequence[tuple[str, Decimal]]) -> Chart:
    """A bar a name, below each other; nothing for what is not positive."""
    largest = max([value for _, value in values] + [Decimal(0)]) or Decimal(1)
    bars = [
        Bar(label, value, 0, ROW * row + 18, round(100 * float(max(value, Decimal(0)) / largest), 2), 9)
        for row, (label, value) in enumerate(values)
    ]
    return Chart(unit, bars, [], ROW * len(bars))


def find_step(largest: Decimal) -> Decimal:
    """The distance of a few lines that reach up to ``largest``: one, two, two and a half or five, times a power of ten.

    >>> find_step(Decimal(930)), find_step(Decimal("11.5"))
    (Decimal('250'), Decimal('5'))
    """
    rough = largest / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(each * power for each in _NICE if each * power >= rough)
    return step.quantize(Decimal(1)) if step >= 1 else step.normalize()

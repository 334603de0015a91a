"""A date as it stands in a text, with all the days that it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["ymd", "numeric", "named", "compact"]


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text, at ``start`` up to ``end``.

    ``days`` are the days it may mean, day-month order first where both orders are possible. ``kind`` is ``ymd``,
    ``numeric``, ``named`` or ``compact``; ``sign`` what stands between numbers. ``repaired`` says that letters were
    taken for digits or a sign mended; ``short_year`` that the year has two digits. ``first_number`` and
    ``second_number`` are the two before the year, as written, for a numeric date. ``year_first`` is the day that three
    numbers of two digits mean where the year comes first, None where that is no day of recent years.
    """

    start: int
    end: int
    days: tuple[date, ...]
    kind: Form
    sign: str
    repaired: bool
    short_year: bool
    first_number: int
    second_number: int
    year_first: date | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether day and month can be told apart by the date alone."""
        return len(self.days) > 1

    @property
    def readings(self) -> tuple[date, ...]:
        """Every day that it may mean, the year first too."""
        return (*self.days, *((self.year_first,) if self.year_first and self.year_first not in self.days else ()))

"""What the terms of payment say of the order of day and month: in one order only the dates are so many days apart.

``30 days`` beside 11/03/2017 and 12/03/2017 means November and December.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import combinations

from invoicewatch.extract.dates.written.record import Written
from invoicewatch.extract.labels.words import write_pattern

_FEWEST, _MOST = 5, 120  # days: fewer lie between any two dates of a page by chance
_MOST_DATES = 4  # of more some two are so many days apart in either order


def lean_by_terms(dates: Sequence[Written], text: str) -> float:
    """1 if only the month first puts two ``dates`` as many days apart as ``text`` states, -1 if only the day first."""
    stated = {int(match[1]) for match in _load_terms().finditer(text)} & {*range(_FEWEST, _MOST + 1)}
    both = list(dict.fromkeys((written.days[0], written.days[-1]) for written in dates))
    if not stated or len(both) > _MOST_DATES:
        return 0.0
    day_first, month_first = (not stated.isdisjoint(_list_spans(both, order)) for order in (0, 1))
    return float(month_first) - float(day_first)


def _list_spans(both: Sequence[tuple[date, date]], order: int) -> Iterable[int]:
    """The days between each two dates, one of which at least has two readings."""
    for one, other in combinations(both, 2):
        if one[0] != one[1] or other[0] != other[1]:
            yield abs((one[order] - other[order]).days)


@cache
def _load_terms() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/-])(\d{{1,3}})\s?{write_pattern('date_words', 'day')}(?!\w)", re.IGNORECASE)

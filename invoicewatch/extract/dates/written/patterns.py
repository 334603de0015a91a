"""The ways to write a date, as regular expressions.

Groups: ``d``, ``m`` and ``y`` are numbers, ``name`` is a month's name, ``roman`` its number in roman figures, ``sep``
the sign between numbers. A broken bar stands for the gap between two cells of a row.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from invoicewatch.extract.labels.words import write_pattern

Way = Literal["ymd", "numeric", "named", "compact", "damaged"]

# The part of a row between two cells, as ``claims`` writes it.
CELL_SIGN = " ¦ "

_GAP = r"\s?(?:[-/.'\\\u2010\u2011\u2013]|,[-/.]?)\s?"
_END = r"(?:(?!\d)|(?=\d{1,2}:\d{2})|(?=\d{6}\b))"  # engines glue the time of day to the year
_YEAR4 = r"(?P<y>(?:19|20)\d{2})"
_THAI_YEAR4 = r"(?P<y>(?:19|20|25)\d{2})"  # Buddhist years are 543 more
_DAY, _MONTH = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{2,11})"
_CLOSE = r"[\s\-/.']{0,2}"
_CELL = rf"(?:{CELL_SIGN.strip()}\s)?"
_ROMAN = r"(?-i:(?P<roman>I{1,3}|IV|VI{0,3}|IX|XI{0,2}))"
_APOSTROPHE = r"['\u2019]"
_FREE = r"(?:(?<![\d.,/-])|(?<=:\d\d))"  # no longer number's end, unless that is a time
_ALONE = r"(?![\d/-]|[.,]\d|\s[-/]|\s?\d+(?![\d:.]))"  # nor a longer number's beginning
_MARKS = r"[º°ª\"”*]"  # what an ordinal is written with, or read as


@cache
def load_patterns(*, buddhist: bool) -> tuple[tuple[Way, re.Pattern[str]], ...]:
    """Ways to write a date, each with its kind; where two overlap the first one stays.

    Args:
        buddhist: Whether years may be counted as in Thailand.
    """
    year = _THAI_YEAR4 if buddhist else _YEAR4
    sources = (*_list_numeric(year), *_list_named(year), *_list_damaged())
    return tuple((kind, re.compile(source, re.IGNORECASE)) for kind, source in sources)


def _list_numeric(year: str) -> tuple[tuple[Way, str], ...]:

    def two(name: str) -> str:
        return rf"(?P<{name}>\d{{2}})"

    return (
        ("ymd", rf"(?<!\d)(?<!\d\.){year}(?P<sep>{_GAP}){_MONTH}{_GAP}{_DAY}{_END}"),
        ("ymd", rf"(?<!\d){year}\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}\s?[日일]?(?!\d)"),
        ("numeric", rf"(?<!\d)(?<!\d\.){_DAY}(?P<sep>{_GAP}){_MONTH}{_GAP}{year}{_END}"),
        ("numeric", rf"{_FREE}{_DAY}(?P<sep>[-/.]){_MONTH}(?P=sep){_APOSTROPHE}?(?P<y>\d{{2}})(?![\d/-]|[.,]\d)"),
        # With blanks around the signs only what has two digits each is plain enough.
        (
            "numeric",
            rf"(?<![\d.,/-])(?<![\d/-]\s){two('d')}\s?(?P<sep>[-/])\s?{two('m')}\s?(?P=sep)\s?{two('y')}{_ALONE}",
        ),
    )


def _list_named(year: str) -> tuple[tuple[Way, str], ...]:
    ordinal = rf"(?:\s?(?:{write_pattern('date_words', 'ordinal')}|{_MARKS}))?"
    join = rf"[\s\-/.,']{{0,3}}(?:{write_pattern('date_words', 'link')}\s)?"
    return (
        # Before names: in some language II looks like a month that lost a letter.
        ("named", rf"(?<!\d){_DAY}[\s./-]{{1,2}}{_ROMAN}[\s./-]{{1,2}}{year}(?!\d)"),
        ("named", rf"(?<!\d){_DAY}\.?{ordinal}{join}{_NAME}{join}{_CELL}{year}{_END}"),
        ("named", rf"(?<!\d){_DAY}{ordinal}{_CLOSE}{_NAME}{_CLOSE}(?P<y>\d{{2}})(?!\d|[.,]\d)"),
        ("named", rf"(?<![^\W\d_]){_NAME}[\s\-/.]{{0,2}}{_CELL}{_DAY}{ordinal}[\s,./-]{{1,3}}{_CELL}{year}{_END}"),
        ("named", rf"(?<![^\W\d_]){_NAME}[\s\-/.]{{0,2}}{_DAY}\s?,?\s?{_APOSTROPHE}\s?(?P<y>\d{{2}}){_END}"),
        ("named", rf"(?<!\d){year}[\s\-/.]{{1,2}}{_NAME}[\s\-/.]{{1,2}}{_DAY}(?!\d)"),
        ("compact", r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    )


def _list_damaged() -> tuple[tuple[Way, str], ...]:
    """A stroke read as a one, a sign that was lost, a digit of the time glued on: ``25/1212018``, ``25/122018``."""
    return (
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<sep>[/.-])(?P<m>\d{2})[1Il|](?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})[1Il|](?P<m>\d{2})(?P<sep>[/.-])(?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<sep>[/.-])(?P<m>\d{2})(?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<sep>[/.-])(?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?P<y>20[0-3]\d)(?P<sep>-)(?P<m>[01]\d)-(?P<d>[0-3]\d)(?=\s\d{2}:\d{2})"),
        ("damaged", r"(?<![\d.,/-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>20[0-3]\d)\d{1,2}(?!\d)"),
    )

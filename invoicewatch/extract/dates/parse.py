"""Dates as documents write them: numeric in any order, with month names in any language, with an engine's misreadings.

A date is parsed to all the days it may mean, ``Written``; which order of day and month holds is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.labels.language import Language, expand_phrase
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.labels import skeleton_of

Form = Literal["ymd", "numeric", "named", "compact", "damaged"]

_GAP = r"\s?[-/.,'\\]\s?"
_END = r"(?:(?!\d)|(?=\d{1,2}:\d{2})|(?=\d{6}\b))"  # engines glue the time of day to the year
_YEAR4 = r"(?P<y>(?:19|20)\d{2})"
_DAY, _MONTH = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,11})"
_CLOSE = r"[\s\-/.']{0,2}"
_DIGITLIKE = r"[\dOoQDIl|S]"
_DAMAGED_NUMERIC = re.compile(rf"(?<!\w){_DIGITLIKE}{{1,4}}[-/.]{_DIGITLIKE}{{1,2}}[-/.]{_DIGITLIKE}{{2,4}}(?!\w)")
_DAMAGED_NAME = re.compile(r"(?<=\d[\s\-/.])[10|](?=[^\W\d_]{2,8}[\s\-/.]\d)")
_TO_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "S": "5"})
_TO_LETTER = {"1": "l", "|": "l", "0": "o"}
_LETTERS_FOR_AN_ERROR = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text, at ``start`` up to ``end``.

    ``days`` are the days it may mean, day-month order first where both orders are possible. ``kind`` is ``ymd``,
    ``numeric``, ``named`` or ``compact``; ``sign`` what stands between numbers. ``repaired`` says that letters were
    taken for digits or a sign mended; ``short_year`` that the year has two digits. ``first_number`` and
    ``second_number`` are the two before the year, as written, for a numeric date.
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

    @property
    def ambiguous(self) -> bool:
        """Whether day and month can be told apart by the date alone."""
        return len(self.days) > 1


def find_dates(text: str, today: date) -> Iterator[Written]:
    """All dates in ``text``, left to right, none overlapping another.

    >>> [written.days for written in find_dates("03/04/2024, due 31. März 2024", date(2024, 5, 1))]
    [(datetime.date(2024, 4, 3), datetime.date(2024, 3, 4)), (datetime.date(2024, 3, 31),)]
    """
    mended = _DAMAGED_NUMERIC.sub(lambda match: match.group().translate(_TO_DIGIT), text)
    mended = _DAMAGED_NAME.sub(lambda match: _TO_LETTER[match.group()], mended)
    taken: list[Written] = []
    for kind, pattern in _load_patterns():
        _take(taken, text, mended, kind, pattern, today)
    yield from sorted(taken, key=lambda written: written.start)


@cache
def _load_patterns() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    """Ways to write a date, each with its kind; where two overlap the first one stays."""
    ordinal = rf"(?:\s?(?:{write_pattern('date_words', 'ordinal')}|[º°ª]))?"
    join = rf"[\s\-/.,']{{0,3}}(?:{write_pattern('date_words', 'link')}\s)?"
    sources: tuple[tuple[Form, str], ...] = (
        ("ymd", rf"(?<!\d){_YEAR4}(?P<sep>{_GAP}){_MONTH}{_GAP}{_DAY}{_END}"),
        ("numeric", rf"(?<!\d){_DAY}(?P<sep>{_GAP}){_MONTH}{_GAP}{_YEAR4}{_END}"),
        ("numeric", rf"(?<![\d.,/-]){_DAY}(?P<sep>[-/.]){_MONTH}(?P=sep)(?P<y>\d{{2}})(?![\d/-]|[.,]\d)"),
        ("named", rf"(?<!\d){_DAY}\.?{ordinal}{join}{_NAME}{join}{_YEAR4}{_END}"),
        ("named", rf"(?<!\d){_DAY}{ordinal}{_CLOSE}{_NAME}{_CLOSE}(?P<y>\d{{2}})(?![\d.,])"),
        ("named", rf"\b{_NAME}\.?\s?{_DAY}{ordinal}[\s,.]{{1,3}}{_YEAR4}{_END}"),
        ("named", rf"(?<!\d){_YEAR4}[\s\-/.]{{1,2}}{_NAME}[\s\-/.]{{1,2}}{_DAY}(?!\d)"),
        ("compact", r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
        # A stroke read as a one, and a sign that was lost: "25/1212018", "25/122018".
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<sep>[/.-])(?P<m>\d{2})[1Il|](?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})[1Il|](?P<m>\d{2})(?P<sep>[/.-])(?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<sep>[/.-])(?P<m>\d{2})(?P<y>20\d{2})(?!\d)"),
        ("damaged", r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<sep>[/.-])(?P<y>20\d{2})(?!\d)"),
    )
    return tuple((kind, re.compile(source, re.IGNORECASE)) for kind, source in sources)


def _take(taken: list[Written], text: str, mended: str, kind: Form, pattern: re.Pattern[str], today: date) -> None:
    for match in pattern.finditer(mended):
        start, end = match.span()
        if any(start < other.end and other.start < end for other in taken):
            continue
        days = _read_days(match, kind, today)
        if days:
            misread = kind == "damaged" or mended[start:end] != text[start:end]
            misread = misread or (kind == "named" and find_month(match["name"])[1])
            written_kind: Form = "numeric" if kind == "damaged" else kind
            sign = (match.groupdict().get("sep") or "").strip()
            first, second = (int(match["d"]), int(match["m"])) if written_kind == "numeric" else (0, 0)
            short = len(match["y"]) == 2  # noqa: PLR2004 - two digits
            taken.append(Written(start, end, days, written_kind, sign, misread, short, first, second))


def _read_days(match: re.Match[str], kind: Form, today: date) -> tuple[date, ...]:
    groups = match.groupdict()
    day, year = int(groups["d"]), _full_year(groups["y"], today)
    if kind == "named":
        month, _ = find_month(groups["name"])
        return _valid(year, month, day) if month else ()
    month = int(groups["m"])
    if kind in {"ymd", "compact"}:
        return _valid(year, month, day)
    return tuple(dict.fromkeys([*_valid(year, month, day), *_valid(year, day, month)]))


def find_month(name: str) -> tuple[int, bool]:
    """The number of the month that ``name`` is and False, or is a misreading of and True; 0 if none."""
    months, skeleton = _load_months(), skeleton_of(name)
    if skeleton in months:
        return months[skeleton], False
    if len(skeleton) < _LETTERS_FOR_AN_ERROR:
        return 0, False
    near = {
        month
        for written, month in months.items()
        if len(written) >= _LETTERS_FOR_AN_ERROR and Levenshtein.distance(written, skeleton, score_cutoff=1) <= 1
    }
    return (near.pop(), True) if len(near) == 1 else (0, False)


@cache
def _load_months() -> Mapping[str, int]:
    return number_months(load_languages())


def number_months(languages: Iterable[Language]) -> Mapping[str, int]:
    """The number of the month by the skeleton of its name.

    It is 0 where languages disagree: *listopada* is October in Zagreb and November in Warsaw, and a date that is wrong
    by a month costs more than one that is not read.
    """
    found: dict[str, set[int]] = {}
    for language in languages:
        for number, entries in language.tables["months"].items():
            for phrase in (phrase for entry in entries for phrase in expand_phrase(entry)):
                found.setdefault(skeleton_of(phrase), set()).add(int(number))
    return {name: numbers.pop() if len(numbers) == 1 else 0 for name, numbers in found.items()}


def _full_year(text: str, today: date) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year + 1 else century - 100 + year


def _valid(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()

"""Dates as documents write them: numeric in any order, with month names in any language, with an engine's misreadings.

A date is parsed to all the days it may mean, ``Written``; which order of day and month holds is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.dates.written.patterns import Way, load_patterns
from invoicewatch.extract.dates.written.record import Form, Written
from invoicewatch.extract.labels.language import Language, expand_phrase
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.page.labels import skeleton_of

_DIGITLIKE = r"[\dOoQDIl|S]"
_DAMAGED_NUMERIC = re.compile(rf"(?<!\w){_DIGITLIKE}{{1,4}}[-/.]{_DIGITLIKE}{{1,2}}[-/.]{_DIGITLIKE}{{2,4}}(?!\w)")
_DAMAGED_NAME = re.compile(r"(?<=\d[\s\-/.])[10|](?=[^\W\d_]{2,8}[\s\-/.]\d)")
_TO_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "|": "1", "S": "5"})
_TO_LETTER = {"1": "l", "|": "l", "0": "o"}
_LETTERS_FOR_AN_ERROR = 4
_ABBREVIATION = 3  # letters
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11,
          "XII": 12}  # fmt: skip
_ROMAN_MONTH = re.compile(r"\d[-/.]I{1,2}[-/.]\d")
_BUDDHIST = 543  # years more than the common count
_RECENT_YEARS = 20  # what is older is hardly a paper that is read now
_LONG_AGO_YEARS = 40  # a short year that would be as old is another thing, or stands elsewhere
_TWO_DIGITS = 2
_FEWEST_DIGITS = 3  # of a date: a day and a short year


def find_dates(text: str, today: date, *, buddhist: bool = False) -> Iterator[Written]:
    """All dates in ``text``, left to right, none overlapping another.

    Args:
        text: What to look through.
        today: Tells the century of years with two digits.
        buddhist: Whether years may be counted as in Thailand, 543 more than elsewhere.
    """
    yield from _look_for_dates(text, today, buddhist)


@lru_cache(maxsize=5_000)  # the rows of a page are asked for days by several
def _look_for_dates(text: str, today: date, buddhist: bool) -> tuple[Written, ...]:
    mended = _DAMAGED_NUMERIC.sub(lambda match: _mend(match.group()), text)
    mended = _DAMAGED_NAME.sub(lambda match: _TO_LETTER[match.group()], mended)
    if sum(map(str.isdigit, mended)) < _FEWEST_DIGITS:
        return ()
    taken: list[Written] = []
    for kind, pattern in load_patterns(buddhist=buddhist):
        _take(taken, text, mended, kind, pattern, _Years(today, buddhist=buddhist))
    return tuple(sorted(taken, key=lambda written: written.start))


def _mend(text: str) -> str:
    """Digits for letters like them, but for a month in roman figures."""
    return text if _ROMAN_MONTH.search(text) else text.translate(_TO_DIGIT)


class _Years:
    """Which year a number means."""

    def __init__(self, today: date, *, buddhist: bool) -> None:
        self._today, self._buddhist = today, buddhist

    def read(self, text: str) -> int:
        """The year that ``text`` of two or four digits means."""
        year = int(text)
        if len(text) > _TWO_DIGITS:
            return year - _BUDDHIST if self._buddhist and year - _BUDDHIST > self._today.year - 100 else year
        century = self._today.year - self._today.year % 100
        year = century + year if century + year <= self._today.year + 1 else century - 100 + year
        thai = 2500 + int(text) - _BUDDHIST
        return thai if self._buddhist and not self.is_recent(year) and self.is_recent(thai) else year

    def is_recent(self, year: int) -> bool:
        """Whether papers of ``year`` are still read."""
        return self._today.year - _RECENT_YEARS <= year <= self._today.year + 1

    def is_long_ago(self, year: int) -> bool:
        """Whether hardly any paper that is read now is of ``year``."""
        return year < self._today.year - _LONG_AGO_YEARS


def _take(taken: list[Written], text: str, mended: str, way: Way, pattern: re.Pattern[str], years: _Years) -> None:
    for match in pattern.finditer(mended):
        start, end = match.span()
        if any(start < other.end and other.start < end for other in taken):
            continue
        days, kind = _read_days(match, way, years), _form_of(way)
        first, second = (int(match["d"]), int(match["m"])) if kind == "numeric" else (0, 0)
        short = len(match["y"]) == _TWO_DIGITS
        year_first = _read_year_first(match, years) if kind == "numeric" and short else None
        if year_first and all(years.is_long_ago(day.year) for day in days):
            days, kind, year_first = (year_first,), "ymd", None
        if short and kind == "numeric":
            days = tuple(day for day in days if not years.is_long_ago(day.year))
        if days:
            misread = way == "damaged" or mended[start:end] != text[start:end] or _is_misnamed(match)
            sign = (match.groupdict().get("sep") or "").strip()
            taken.append(Written(start, end, days, kind, sign, misread, short, first, second, year_first))


def _form_of(way: Way) -> Form:
    return "numeric" if way == "damaged" else way


def _is_misnamed(match: re.Match[str]) -> bool:
    name = match.groupdict().get("name")
    return name is not None and find_month(name)[1]


def _read_days(match: re.Match[str], way: Way, years: _Years) -> tuple[date, ...]:
    groups = match.groupdict()
    day, year = int(groups["d"]), years.read(groups["y"])
    if way == "named":
        month = _ROMAN[groups["roman"]] if groups.get("roman") else find_month(groups["name"])[0]
        return _valid(year, month, day) if month else ()
    month = int(groups["m"])
    if way in {"ymd", "compact"} or match.start("y") < match.start("d"):
        return _valid(year, month, day)
    return tuple(dict.fromkeys([*_valid(year, month, day), *_valid(year, day, month)]))


def _read_year_first(match: re.Match[str], years: _Years) -> date | None:
    """``26/02/11`` as the 11th of February 2026."""
    if len(match["d"]) != _TWO_DIGITS or not years.is_recent(2000 + int(match["d"])):
        return None
    return next(iter(_valid(2000 + int(match["d"]), int(match["m"]), int(match["y"]))), None)


def find_month(name: str) -> tuple[int, bool]:
    """The number of the month that ``name`` is and False, or is a misreading of and True; 0 if none."""
    months, skeleton = _load_months(), skeleton_of(name)
    if skeleton in months:
        return months[skeleton], False
    if len(skeleton) < _LETTERS_FOR_AN_ERROR:
        return _find_abbreviation(skeleton)
    near = {
        month
        for written, month in months.items()
        if len(written) >= _LETTERS_FOR_AN_ERROR and Levenshtein.distance(written, skeleton, score_cutoff=1) <= 1
    }
    return (near.pop(), True) if len(near) == 1 else (0, False)


def _find_abbreviation(skeleton: str) -> tuple[int, bool]:
    """``nv`` is ``nov`` without its middle letter."""
    if len(skeleton) != _ABBREVIATION - 1:
        return 0, False
    near = {
        number
        for written, number in _load_months().items()
        if number and len(written) == _ABBREVIATION and written[0] + written[-1] == skeleton
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


def _valid(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()

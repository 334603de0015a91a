"""Runs of words that may be the seller's name: lines, parts of lines, and lines that belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.cuts import close_up, cut_line
from invoicewatch.extract.parties.names.glance import keep_promising
from invoicewatch.extract.parties.names.lines import clean_name
from invoicewatch.extract.parties.names.printed import TextLine, is_under, list_text_lines
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number
from invoicewatch.extract.parties.names.words import is_label, match_lead
from invoicewatch.records import Word

_MAX_CHARS = 80
_MIN_LETTERS = 2
_MIN_GREETING_WORDS = 2  # Welcome to; fewer may begin a name
_HEAD_ROWS, _FOOT_ROWS, _JOINED_ROWS = 20, 8, 10
# A price, a day, a time of day, a long number: a line of the till or of a table.
_IS_FIGURE = re.compile(r"\d[.,]\d\d(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d:\d\d")


def find_candidates(page: PageView, hosts: Sequence[str], headed: Collection[int] = ()) -> list[NameCandidate]:
    """The candidates of ``page`` in reading order, each run of words once; rows ``headed`` are looked at wherever.

    The head and the foot of a page are looked at whole, between them only lines with a legal form or like one of its
    ``hosts``. Of many candidates the most promising are kept.
    """
    wanted = {*range(_HEAD_ROWS), *range(len(page.rows) - _FOOT_ROWS, len(page.rows)), *headed}
    lines = [line for row in page.rows for line in list_text_lines(row) if _is_wanted(line, wanted, hosts)]
    by_row: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        by_row[line.row.number].append(line)
    joinable = {*range(_JOINED_ROWS), *headed}
    found: dict[tuple[str, int], NameCandidate] = {}
    seen: set[tuple[str, int, int]] = set()
    for line in lines:
        for candidate in _list_candidates(line, by_row, hosts, joined=line.row.number in joinable):
            key = candidate.text, candidate.row.number, candidate.lines
            if key not in seen and _is_possible(candidate):
                found.setdefault((candidate.folded, candidate.row.number), candidate)
            seen.add(key)
    return keep_promising(list(found.values()), page, hosts, headed)


def _is_wanted(line: TextLine, wanted: Collection[int], hosts: Sequence[str]) -> bool:
    return (line.row.number in wanted and not _IS_FIGURE.search(line.text)) or _is_named(line, hosts)


def _list_candidates(
    line: TextLine, by_row: Mapping[int, Sequence[TextLine]], hosts: Sequence[str], *, joined: bool
) -> Iterator[NameCandidate]:
    seen: set[tuple[int | str | None, ...]] = set()
    for cut in cut_line(line, hosts):
        key = *(id(word) for word in (*cut.words[:1], *cut.words[-1:])), cut.text
        if cut.words and key not in seen:
            seen.add(key)
            yield _make(line, *cut)
    if joined or find_legal_form(line.text):
        yield from _join_below(line, by_row)


def _is_possible(candidate: NameCandidate) -> bool:
    text = drop_shop_number(candidate.text, at_top=candidate.row.number == 0)
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if letters < _MIN_LETTERS or digits > letters or len(text) > _MAX_CHARS:
        return False
    words = text.split()
    if _MIN_GREETING_WORDS <= match_lead(words) < len(words):  # what follows it is a candidate of its own
        return False
    return candidate.lines > 1 or not is_label(text)


def _is_named(line: TextLine, hosts: Sequence[str]) -> bool:
    folded = fold(line.text)
    return find_legal_form(line.text) is not None or any(host in folded for host in hosts)


def _join_below(line: TextLine, lines: Mapping[int, Sequence[TextLine]]) -> Iterator[NameCandidate]:
    """The line with the next one, and with the next two, as they stand and cleaned."""
    for below in _list_below(line, lines):
        yield from _join(line, (below,))
        for last in _list_below(below, lines):
            yield from _join(line, (below, last))


def _list_below(line: TextLine, lines: Mapping[int, Sequence[TextLine]]) -> list[TextLine]:
    """The next line of print, as its first cell and as all its cells that a headline may hold."""
    number = line.row.number
    near = (*lines.get(number, ()), *lines.get(number + 1, ()))
    below = [other for other in near if is_under(line, other)]
    if not below:
        return []
    widest = max(below, key=lambda other: len(other.words))
    return [below[0]] if widest is below[0] else [below[0], widest]


def _join(line: TextLine, below: Sequence[TextLine]) -> Iterator[NameCandidate]:
    spans = tuple(each.words for each in (line, *below))
    words = tuple(word for span in spans for word in span)
    cleaned = " ".join(clean_name(each.text) for each in (line, *below))
    for text in (close_up(words), cleaned):
        yield NameCandidate(text, words, line.row, below[-1].row.number, len(spans), "joined", line.text, spans)


def _make(line: TextLine, words: tuple[Word, ...], how: str, text: str | None = None) -> NameCandidate:
    name = close_up(words) if text is None else text
    return NameCandidate(name, words, line.row, line.row.number, 1, how, line.text)

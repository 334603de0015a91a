"""Runs of words that may be the seller's name: lines, parts of lines, and lines that belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.parties.cuts import close_up, cut_line
from invoicewatch.extract.parties.hosts import list_hosts
from invoicewatch.extract.parties.lines import clean_name
from invoicewatch.extract.parties.printed import TextLine, is_under, list_text_lines
from invoicewatch.extract.parties.words import is_label
from invoicewatch.records import Box, Word

_MAX_CHARS = 80
_MIN_LETTERS = 2
_HEAD_ROWS, _FOOT_ROWS, _JOINED_ROWS = 20, 8, 10
# A price, a day, a time of day, a long number: a line of the till or of a table.
_IS_FIGURE = re.compile(r"\d[.,]\d\d(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d:\d\d")


@dataclass(frozen=True)
class NameCandidate:
    """A run of words that may be a name: ``text`` says what is left of ``words``, which begin on ``row``.

    ``lines`` counts the lines it takes, ``last_row`` is the number of the last one's row. ``how`` names the way it was
    cut out: ``line``, ``clean``, ``head``, ``lead``, ``part``, ``large``, ``brand``, ``host`` or ``joined``;
    ``line`` is the text of the whole line that it begins on. ``spans`` are the words of each line of a joined one.
    """

    text: str
    words: tuple[Word, ...]
    row: Row
    last_row: int
    lines: int
    how: str
    line: str
    spans: tuple[tuple[Word, ...], ...] = ()

    @cached_property
    def box(self) -> Box:
        """The box around all its words."""
        return Box.around(word.box for word in self.words)

    @cached_property
    def folded(self) -> str:
        """Its letters and digits without case."""
        return fold(self.text)

    @cached_property
    def type_height(self) -> float:
        """The usual height of its words, as a fraction of the page's."""
        return median(word.box.height for word in self.words)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The text of each of its lines."""
        return tuple(" ".join(word.text for word in words) for words in self.spans)

    @cached_property
    def part_boxes(self) -> tuple[Box, ...]:
        """The box of each of its lines."""
        return tuple(Box.around(word.box for word in words) for words in self.spans)

    @cached_property
    def part_sizes(self) -> tuple[float, ...]:
        """The usual height of the words of each of its lines."""
        return tuple(median(word.box.height for word in words) for words in self.spans)


def find_candidates(page: PageView, headed: Iterable[int] = ()) -> list[NameCandidate]:
    """The candidates of ``page`` in reading order, each run of words once; rows ``headed`` are looked at wherever.

    The head and the foot of a page are looked at whole, between them only lines with a legal form or like a host.
    """
    hosts = list_hosts(page)
    lines = [line for row in page.rows for line in list_text_lines(row)]
    wanted = {*range(_HEAD_ROWS), *range(len(page.rows) - _FOOT_ROWS, len(page.rows)), *headed}
    found: dict[tuple[str, int], NameCandidate] = {}
    chosen = [
        line
        for line in lines
        if _is_named(line, hosts) or (line.row.number in wanted and not _IS_FIGURE.search(line.text))
    ]
    joinable = {*range(_JOINED_ROWS), *headed}
    by_row: dict[int, list[TextLine]] = defaultdict(list)
    for line in chosen:
        by_row[line.row.number].append(line)
    for line in chosen:
        fresh = [_make(line, *cut) for cut in cut_line(line, hosts)]
        if line.row.number in joinable or find_legal_form(line.text):
            fresh += _join_below(line, by_row)
        for candidate in fresh:
            if _is_possible(candidate) and (candidate.lines > 1 or not is_label(candidate.text)):
                found.setdefault((candidate.folded, candidate.row.number), candidate)
    return list(found.values())


def _is_possible(candidate: NameCandidate) -> bool:
    letters = sum(char.isalpha() for char in candidate.text)
    digits = sum(char.isdigit() for char in candidate.text)
    return letters >= _MIN_LETTERS and digits <= letters and len(candidate.text) <= _MAX_CHARS


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

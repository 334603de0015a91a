"""Paths that no engine gave: pieces of one word, and words whose letters are easily taken for others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from invoicewatch.correct.language.languages import PageLanguage
from invoicewatch.correct.numbers import has_digit
from invoicewatch.correct.paths.shape import find_runs
from invoicewatch.correct.words.channel import load_channel
from invoicewatch.correct.words.forms import match_case
from invoicewatch.correct.words.vocabulary import EDGES
from invoicewatch.records import Lattice, Path, Reading, Word

PIECES, LETTERS = "pieces", "letters"
"""What stands for an engine's name in the lattices of this module."""

_MOST_PIECES = 4
_SHORTEST = 4
_MOST_READ = 2
_SURE = 99.0
# Of so many letters and below this confidence, two places of a word may be misread.
_LONG, _DOUBTED = 7, 90.0


def find_pieces(reading: Reading, language: PageLanguage) -> Iterator[tuple[int, Lattice]]:
    """Neighbouring words that are one in the lists, and of which one is none: wide print is read in pieces."""
    places = [
        (number, first, last)
        for number, line in enumerate(reading.lines)
        for first in range(len(line.words))
        for last in range(first + 2, min(len(line.words), first + _MOST_PIECES) + 1)
        if _may_be_pieces(line.words[first:last])
    ]
    pieces = [[word.text for word in reading.lines[number].words[first:last]] for number, first, last in places]
    texts = [*map("".join, pieces), *(word for words in pieces for word in words)]
    listed = dict(zip(texts, language.list_known(texts), strict=True))
    for (number, first, last), words in zip(places, pieces, strict=True):
        if listed["".join(words)] and not all(len(word) > 1 and listed[word] for word in words):
            yield number, Lattice(first, last, PIECES, (Path(" ".join(words), 0.0), Path("".join(words), 0.0)))


def find_confused(reading: Reading, language: PageLanguage) -> Iterator[tuple[int, Lattice]]:
    """Words in no list that are one with a letter or two taken for others, below where names stand."""
    places = [
        (number, place, word, runs[0])
        for number in range(count_head_lines(reading), len(reading.lines))
        for place, word in enumerate(reading.lines[number].words)
        if word.confidence < _SURE and len(runs := find_runs((word.text,))) == 1
        if len(runs[0]) >= _SHORTEST and runs[0].isalpha()
    ]
    known = language.list_known([run for *_, run in places])
    for (number, place, word, run), is_known in zip(places, known, strict=True):
        paths = () if is_known else tuple(_find_likely(word, run, language))
        if paths:
            yield number, Lattice(place, place + 1, LETTERS, (Path(word.text, 0.0), *paths))


def _find_likely(word: Word, run: str, language: PageLanguage) -> Iterator[Path]:
    """What is listed of all that ``run``, the letters of a word, may be."""
    costs = _list_costs(run.casefold(), twice=len(run) >= _LONG and word.confidence < _DOUBTED)
    for (text, cost), listed in zip(costs.items(), language.list_known(tuple(costs)), strict=True):
        if listed:
            yield Path(word.text.replace(run, match_case(text, run), 1), -cost)


def count_head_lines(reading: Reading) -> int:
    """How many lines of the first page stand before the first with a figure: there names stand."""
    if reading.page > 1:
        return 0
    figures = (n for n, line in enumerate(reading.lines) if any(has_digit(word.text) for word in line.words))
    return next(figures, 0)


def _may_be_pieces(words: Sequence[Word]) -> bool:
    """Whether all are letters, and no later one begins with a capital of its own."""
    text = "".join(word.text for word in words).strip(EDGES)
    later = [word.text for word in words[1:]]
    return len(text) > _SHORTEST and text.isalpha() and (text.isupper() or all(part[0].islower() for part in later))


def _list_costs(word: str, *, twice: bool) -> dict[str, float]:
    """The same, or what it may be if that happened ``twice``; the least cost of each."""
    once = sorted(_list_confusions(word), key=lambda each: -each[1])
    costs = dict(once)
    for text, cost in once if twice else ():
        for again, more in _list_confusions(text):
            costs[again] = min(cost + more, costs.get(again, cost + more))
    costs.pop(word, None)
    return costs


def _list_confusions(word: str) -> Iterator[tuple[str, float]]:
    """What a word may be if some letters of it were taken for others once, and what that costs in nats."""
    for start in range(len(word)):
        for end in range(start, min(len(word), start + _MOST_READ) + 1):
            for printed, cost in _index_confusions().get(word[start:end], ()):
                yield word[:start] + printed + word[end:], cost


@cache
def _index_confusions() -> Mapping[str, Sequence[tuple[str, float]]]:
    """What letters that were read may be in print, by the channel's tables."""
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (printed, read), cost in load_channel().costs.items():
        if printed.isalpha() or not printed:
            found[read].append((printed, cost))
    return found

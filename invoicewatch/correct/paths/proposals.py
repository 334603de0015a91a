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
from invoicewatch.records import Lattice, Line, Path, Reading, Word

PIECES, LETTERS = "pieces", "letters"
"""What stands for an engine's name in the lattices of this module."""

_MOST_PIECES = 4
_SHORTEST = 4
_MOST_READ = 2
_SURE = 99.0
# Of so many letters and below this confidence, two places of a word may be misread.
_LONG, _DOUBTED = 7, 90.0


def find_pieces(line: Line, language: PageLanguage) -> Iterator[Lattice]:
    """Neighbouring words that are one in the lists, and of which one is none: wide print is read in pieces."""
    places = [
        (first, last)
        for first in range(len(line.words))
        for last in range(first + 2, min(len(line.words), first + _MOST_PIECES) + 1)
        if _may_be_pieces(line.words[first:last])
    ]
    joined = ["".join(word.text for word in line.words[first:last]) for first, last in places]
    for (first, last), text, listed in zip(places, joined, language.list_known(joined), strict=True):
        words = [word.text for word in line.words[first:last]]
        known = language.list_known(words)
        if listed and not all(len(word) > 1 and own for word, own in zip(words, known, strict=True)):
            yield Lattice(first, last, PIECES, (Path(" ".join(words), 0.0), Path(text, 0.0)))


def find_confused(reading: Reading, language: PageLanguage) -> Iterator[tuple[int, Lattice]]:
    """Words in no list that are one with a single letter or two taken for others, below where names stand."""
    for number in range(count_head_lines(reading), len(reading.lines)):
        for place, word in enumerate(reading.lines[number].words):
            (run,) = runs if len(runs := find_runs((word.text,))) == 1 else ("",)
            if len(run) < _SHORTEST or not run.isalpha() or word.confidence >= _SURE or any(language.list_known([run])):
                continue
            costs = _list_costs(run.casefold(), twice=len(run) >= _LONG and word.confidence < _DOUBTED)
            known = language.list_known(tuple(costs))
            paths = [
                Path(word.text.replace(run, match_case(text, run), 1), -cost)
                for (text, cost), listed in zip(costs.items(), known, strict=True)
                if listed
            ]
            if paths:
                yield number, Lattice(place, place + 1, LETTERS, (Path(word.text, 0.0), *paths))


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

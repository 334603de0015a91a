"""One lattice of two readings: what words may say by all that two engines saw of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import groupby
from math import exp, prod

from invoicewatch.ocr.align import Match
from invoicewatch.records import Lattice, Line, Reading, Word
from invoicewatch.records.reading import MOST_PATHS

DOUBT = {"tesseract": 3.0}
"""How much more often than its confidence says an engine is wrong where another reads otherwise; 1 for the rest.

Measured on receipts (benchmarks/RESULTS.md): there, Tesseract at confidence 90 is wrong as often as RapidOCR at 70.
"""

_CLEAR = 0.98
"""Words of this probability, by both engines together, need no lattice."""

_LEAST_ERROR, _MOST_ERROR = 0.02, 0.95  # of a word, whatever its engine's confidence
_ALL_WRONG = 0.5  # of the words that an engine misread, so many are none of the texts that it was between
_WRONG_WAYS = 10.0  # of an engine that is wrong: each of so many texts is as likely as the others

Fused = Sequence[tuple[Match, tuple[Word, ...]]]
"""Matches with the words that were made of them."""

Shares = Mapping[str, float]
"""What an engine says that some words are, with probabilities that add up to 1 at most."""


def join_lattices(lines: Sequence[tuple[Word, ...]], fused: Fused, readings: Sequence[Reading]) -> tuple[Line, ...]:
    """The lines, made of words of ``fused``, with what both engines together say that their doubtful words are.

    Engines split words in their own way: a lattice holds all words whose ink it shares. Engines err independently of
    each other, so a text is as likely as one says times what the other says; where one saw nothing, the other speaks
    alone. Words that were put on several lines have no lattice.
    """
    spans = {
        id(line.words[lattice.first]): (lattice, line.words[lattice.first : lattice.last])
        for reading in readings
        for line in reading.lines
        for lattice in line.lattices
    }
    groups = _group(fused, [words for _, words in spans.values()])
    made = {id(word): groups[number] for number, (_, words) in enumerate(fused) if number in groups for word in words}
    return tuple(Line(words, tuple(_find_lattices(words, made, fused, spans))) for words in lines)


_Spans = Mapping[int, tuple[Lattice, tuple[Word, ...]]]
"""By the id of its first word each lattice, with its words."""


def _group(fused: Fused, spans: Iterable[tuple[Word, ...]]) -> dict[int, frozenset[int]]:
    """By the number of each match that is in doubt, those that must be read together with it."""
    homes = {id(word): number for number, (match, _) in enumerate(fused) for word in (*match.first, *match.second)}
    groups = {number: frozenset((number,)) for number, (match, _) in enumerate(fused) if _is_disputed(match)}
    for words in spans:
        numbers = frozenset(homes[id(word)] for word in words)
        group = numbers.union(*(groups.get(number, ()) for number in numbers))
        groups |= dict.fromkeys(group, group)
    return groups


def _is_disputed(match: Match) -> bool:
    return bool(match.first and match.second) and _join(match.first) != _join(match.second)


def _find_lattices(
    words: tuple[Word, ...], made: Mapping[int, frozenset[int]], fused: Fused, spans: _Spans
) -> Iterator[Lattice]:
    """The lattices of a line."""
    for group, members in groupby(range(len(words)), key=lambda place: made.get(id(words[place]))):
        places = list(members)
        if group is None or len(places) != sum(len(fused[number][1]) for number in group):
            continue
        first, last = places[0], places[-1] + 1
        sides = _list_sides([fused[number] for number in group])
        shares = _multiply([_find_shares(side, spans) for side in sides])
        read = _join(words[first:last])
        if shares.get(read, 0.0) < _CLEAR * sum(shares.values()):
            engines = dict.fromkeys(word.engine for side in sides for own, _ in side for word in own)
            yield Lattice.of_shares(first, last, " + ".join(engines), read, shares)


_Side = Sequence[tuple[tuple[Word, ...], tuple[Word, ...]]]
"""Of each match what one engine read, and what was kept."""


def _list_sides(matches: Fused) -> list[_Side]:
    """What each engine read, of those that read anything; a match of which nothing was kept was dirt."""
    kept = [(match, words) for match, words in matches if words]
    sides = [(match.first, words) for match, words in kept], [(match.second, words) for match, words in kept]
    return [side for side in sides if any(own for own, _ in side)]


def _find_shares(side: _Side, spans: _Spans) -> Shares:
    """What one engine says; of ink in which it saw nothing, that it is what was kept."""
    parts: list[tuple[float, Shares]] = []
    missed = [word for own, kept in side if not own for word in kept]
    parts += [(word.box.x0, {word.text: 1.0}) for word in missed]
    seen = [word for own, _ in side for word in own]
    found = [spans[id(word)] for word in seen if id(word) in spans]
    parts += [(words[0].box.x0, _weigh(lattice, words)) for lattice, words in found]
    inside = {id(word) for _, words in found for word in words}
    parts += [(word.box.x0, {word.text: 1.0 - _find_error(word)}) for word in seen if id(word) not in inside]
    return _join_shares(texts for _, texts in sorted(parts, key=lambda part: part[0]))


def _join_shares(parts: Iterable[Shares]) -> Shares:
    joined: Shares = {"": 1.0}
    for texts in parts:
        every = {
            f"{left} {right}".lstrip(): one * other for left, one in joined.items() for right, other in texts.items()
        }
        joined = dict(nlargest(MOST_PATHS, every.items(), key=lambda each: each[1]))
    return joined


def _weigh(lattice: Lattice, words: Sequence[Word]) -> Shares:
    """What an engine says, made less by how likely all that it says is wrong."""
    sure = 1.0 - _ALL_WRONG * max(map(_find_error, words))
    return {path.text: sure * exp(path.log_probability) for path in lattice.paths}


def _find_error(word: Word) -> float:
    return min(_MOST_ERROR, max(_LEAST_ERROR, DOUBT.get(word.engine, 1.0) * (1.0 - word.confidence / 100.0)))


def _multiply(sides: Sequence[Shares]) -> Shares:
    """How likely each text of any engine is by all of them, in proportion."""
    missed = [(1.0 - min(1.0 - _LEAST_ERROR, sum(side.values()))) / _WRONG_WAYS for side in sides]
    texts = dict.fromkeys(text for side in sides for text in side)
    return {
        text: prod(max(side.get(text, 0.0), least) for side, least in zip(sides, missed, strict=True)) for text in texts
    }


def _join(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)

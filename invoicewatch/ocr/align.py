"""Find the words of two readings of one page that show the same ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from invoicewatch.records import Word

_MIN_OVERLAP_Y = 0.5  # of the smaller height
_MIN_SHARE_Y = 0.25  # of the larger height: a stroke down the page is no reading of what it crosses
_MIN_OVERLAP_X = 0.3  # of the smaller width
_MOST_APART = 0.5  # of the larger width
_MIN_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """Words that overlap, of the first and of the second reading, each from left to right; one side may be empty."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]


def match_words(first: Sequence[Word], second: Sequence[Word]) -> tuple[Match, ...]:
    """Group the words of two readings into the smallest sets that share no ink with each other.

    Both engines split words in their own way, so that a set may hold one word against three.
    """
    parents = list(range(len(first) + len(second)))
    order = sorted(range(len(second)), key=lambda n: second[n].box.y0)
    for a, word in enumerate(first):
        for b in order:
            other = second[b].box
            if other.y0 > word.box.y1:
                break
            if show_same_ink(word, second[b]):
                _join(parents, a, len(first) + b)
    groups: dict[int, tuple[list[Word], list[Word]]] = {}
    for n, word in enumerate((*first, *second)):
        groups.setdefault(_find_root(parents, n), ([], []))[n >= len(first)].append(word)
    return tuple(Match(_by_place(ours), _by_place(theirs)) for ours, theirs in groups.values())


def show_same_ink(one: Word, other: Word) -> bool:
    """Whether two words are readings of the same ink, most likely.

    A box that is much lower than the other tells of a stroke that runs through a line, unless both read much alike:
    engines cut the boxes of poor print badly. A single character is so narrow that boxes of it may lie side by side.
    """
    a, b = one.box, other.box
    shared_x = min(a.x1, b.x1) - max(a.x0, b.x0)
    shared_y = min(a.y1, b.y1) - max(a.y0, b.y0)
    if shared_y <= _MIN_OVERLAP_Y * min(a.height, b.height):
        return False
    if shared_x <= _MIN_OVERLAP_X * min(a.width, b.width):
        return len(one.text) == 1 and one.text == other.text and -shared_x <= _MOST_APART * max(a.width, b.width)
    return shared_y > _MIN_SHARE_Y * max(a.height, b.height) or read_alike(one.text, other.text)


def read_alike(a: str, b: str) -> bool:
    """Whether two texts of more than one character agree in half of their characters or more."""
    return min(len(a), len(b)) > 1 and Levenshtein.normalized_similarity(a, b) >= _MIN_ALIKE


def project(kept: Sequence[str], other: str) -> tuple[str, ...]:
    """Cut ``other``, a reading of the same ink, where the words of ``kept`` begin and end.

    Both are aligned letter by letter with the fewest edits; what was inserted goes to the word before it, or to the
    first. The parts joined are ``other``, which holds no spaces.
    """
    places = _map_places("".join(kept), other)
    cuts = [places[end] for end in accumulate(len(word) for word in kept)]
    cuts[-1] = len(other)
    return tuple(other[start:end] for start, end in pairwise((0, *cuts)))


def _map_places(source: str, target: str) -> list[int]:
    """For each place between the letters of ``source``, the place in ``target``."""
    places = [0] * (len(source) + 1)
    for op in Levenshtein.opcodes(source, target):
        if op.tag == "insert":
            places[op.src_start] = op.dest_end
            continue
        for step in range(1, op.src_end - op.src_start + 1):
            places[op.src_start + step] = op.dest_start + (step if op.tag != "delete" else 0)
    return places


def _find_root(parents: list[int], n: int) -> int:
    while parents[n] != n:
        parents[n] = parents[parents[n]]
        n = parents[n]
    return n


def _join(parents: list[int], a: int, b: int) -> None:
    parents[_find_root(parents, b)] = _find_root(parents, a)


def _by_place(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: (word.box.x0, word.box.x1)))

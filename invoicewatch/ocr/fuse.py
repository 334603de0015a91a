"""Make one reading of two: word by word, the likelier text, and both for the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from invoicewatch.ocr.align import Match, match_words, project, read_alike
from invoicewatch.ocr.joint import DOUBT, Fused, join_lattices
from invoicewatch.records import Box, Candidate, Line, Reading, Word
from invoicewatch.records.rows import group_rows
from invoicewatch.records.slant import LEVEL, Slant, measure_slant

_SAME_LINE = 0.5  # of the smaller height
_BLANK_CHARS = 2.0

MAX_RISK_ALONE = 60.0
"""A word that one engine alone saw is kept up to this risk; beyond, it is mostly dirt."""


def fuse_readings(first: Reading, second: Reading) -> Reading:
    """Fuse two readings of one page.

    The kept words carry the other engine's reading of the same ink among their ``others``, so that `Word.agreed` tells
    where both read alike. Outside the second reading's regions the first stays as it is, and so do its lines: regions
    were cut out of them. After two readings of the whole page lines are formed anew.
    """
    matches = match_words(first.words, second.words)
    fused = [(match, tuple(_fuse_match(match, second.regions))) for match in matches]
    if second.regions:
        lines = _keep_lines(first, fused)
    else:
        words = [word for _, made in fused for word in made]
        slant = _refine_slant(words, _find_slant(first, second, matches))
        lines = [tuple(row) for row in group_rows(words, slant)]
    joined = join_lattices(lines, fused, (first, second))
    return Reading(first.page, joined, f"{first.engine} + {second.engine}", first.source, first.regions)


def _keep_lines(first: Reading, fused: Fused) -> list[tuple[Word, ...]]:
    """The lines of ``first`` with what became of their words; what only the second engine saw joins the nearest."""
    homes = {id(word): number for number, line in enumerate(first.lines) for word in line.words}
    lines: list[list[Word]] = [[] for _ in first.lines]
    new: list[Word] = []
    for match, words in fused:
        if match.first:
            lines[homes[id(match.first[0])]].extend(words)
        else:
            new.extend(words)
    for word in new:
        home = _find_home(word, first.lines)
        if home is None:
            lines.append([word])
        else:
            lines[home].append(word)
    return [tuple(sorted(words, key=lambda word: word.box.x0)) for words in lines if words]


def _find_home(word: Word, lines: Sequence[Line]) -> int | None:
    """The line with the nearest word to the side that overlaps ``word`` in height by half; None if there is none."""
    beside = [
        (max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1), number)
        for number, line in enumerate(lines)
        for other in line.words
        if _share_height(word.box, other.box) >= _SAME_LINE
    ]
    return min(beside)[1] if beside else None


def _share_height(a: Box, b: Box) -> float:
    """How much of the smaller height both boxes share."""
    return (min(a.y1, b.y1) - max(a.y0, b.y0)) / max(min(a.height, b.height), 1e-9)


def _find_slant(first: Reading, second: Reading, matches: Sequence[Match]) -> Slant:
    """How the lines of the page run, by the lines of both engines.

    Only words count that both saw or that are likely right: an engine that takes the grain of a shaded page for print
    strings words of several rows together.
    """
    trusted = {
        id(word)
        for match in matches
        for word in (*match.first, *match.second)
        if (match.first and match.second) or _is_plausible(word)
    }
    lines = (*first.lines, *second.lines)
    return measure_slant([word for word in line.words if id(word) in trusted] for line in lines)


def _refine_slant(words: Sequence[Word], slant: Slant) -> Slant:
    """The slant by words a blank apart, which share a line for certain; ``slant`` where they are too short to tell.

    On a crooked sheet an engine strings the left of one line and the right of the next together.
    """
    if not words:
        return slant
    blank = _BLANK_CHARS * median(word.box.width / len(word.text) for word in words)
    refined = measure_slant(group_rows(words, slant, blank))
    return slant if refined == LEVEL else refined


def _fuse_match(match: Match, regions: Sequence[Box]) -> Iterator[Word]:
    if match.first and match.second:
        kept, others = _choose(match)
        if len(kept) == len(others):
            kept = tuple(_widen(word, other) for word, other in zip(kept, others, strict=True))
        yield from _note_others(kept, others)
    elif match.second:
        yield from match.second
    else:
        yield from (word for word in match.first if _is_plausible(word) or not _inside(word.box, regions))


def _choose(match: Match) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words to keep and those to note: the reading whose worst word is the lesser risk, the first of equals.

    Where both read the same letters and split them differently, the engine that is the less often wrong splits.
    """
    alike = _join(match.first) == _join(match.second)
    risks = [
        max(_weigh(word) if alike else _find_risk(word) for word in words) for words in (match.first, match.second)
    ]
    return (match.first, match.second) if risks[0] <= risks[1] else (match.second, match.first)


def _widen(word: Word, other: Word) -> Word:
    """The word as wide as either engine saw it: glyphs found by their middles leave gaps that are not there."""
    if not read_alike(word.text, other.text):
        return word
    return replace(word, box=word.box._replace(x0=min(word.box.x0, other.box.x0), x1=max(word.box.x1, other.box.x1)))


def _note_others(kept: Sequence[Word], others: Sequence[Word]) -> Iterator[Word]:
    """The kept words, each with what the other engine read in its place, as sure as the least sure word it is from."""
    for word, part in zip(kept, project([word.text for word in kept], _join(others)), strict=True):
        if not part:
            yield word
            continue
        sources = [other for other in others if part in other.text] or list(others)
        noted = Candidate(part, min(other.confidence for other in sources), others[0].engine)
        yield replace(word, others=(*word.others, noted))


def _find_risk(word: Word) -> float:
    """How likely the word is wrong, 0 and up: comparable between engines."""
    return (100.0 - word.confidence) * _weigh(word)


def _weigh(word: Word) -> float:
    return DOUBT.get(word.engine, 1.0)


def _is_plausible(word: Word) -> bool:
    return _find_risk(word) <= MAX_RISK_ALONE and any(map(str.isalnum, word.text))


def _join(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _inside(box: Box, regions: Sequence[Box]) -> bool:
    return not regions or any(region.holds(box) for region in regions)

"""Make one reading of two: word by word, the likelier text, and both for the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from invoicewatch.ocr.align import Match, match_words, project, read_alike
from invoicewatch.records import Box, Candidate, Line, Reading, Word
from invoicewatch.records.rows import group_rows

DOUBT = {"tesseract": 3.0}
"""How much more often than its confidence says an engine is wrong where another reads otherwise; 1 for the rest.

Measured on receipts (benchmarks/RESULTS.md): there, Tesseract at confidence 90 is wrong as often as RapidOCR at 70.
"""

_LONG_LINE = 0.2  # of the page's width: what is shorter tells little of the slope
_LEVEL = 0.01  # lower slopes move no word by half a line, and may be descenders

MAX_RISK_ALONE = 60.0
"""A word that one engine alone saw is kept up to this risk; beyond, it is mostly dirt."""


def fuse_readings(first: Reading, second: Reading) -> Reading:
    """Fuse two readings of one page.

    The kept words carry the other engine's reading of the same ink among their ``others``, so that `Word.agreed` tells
    where both read alike. Outside the second reading's regions the first stays as it is.
    """
    words: list[Word] = []
    for match in match_words(first.words, second.words):
        words.extend(_fuse_match(match, second.regions))
    lines = tuple(Line(tuple(row)) for row in group_rows(words, _find_slope(first)))
    return Reading(first.page, lines, f"{first.engine} + {second.engine}", first.source, first.regions)


def _find_slope(reading: Reading) -> float:
    """How far the lines fall across a page that was scanned askew (``Transform.slope``); 0 where it is all but level.

    Boxes are those of the page as it came, so the first engine's lines tell.
    """
    ends = [(line.words[0].box, line.words[-1].box) for line in reading.lines]
    slopes = [
        (right.middle[1] - left.middle[1]) / (right.middle[0] - left.middle[0])
        for left, right in ends
        if right.middle[0] - left.middle[0] >= _LONG_LINE
    ]
    slope = median(slopes) if slopes else 0.0
    return slope if abs(slope) >= _LEVEL else 0.0


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
    x, y = box.middle
    return not regions or any(region.x0 <= x <= region.x1 and region.y0 <= y <= region.y1 for region in regions)

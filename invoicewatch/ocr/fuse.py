"""Make one reading of two: word by word, the likelier text, and both for the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from invoicewatch.ocr.align import Match, match_words, project
from invoicewatch.records import Box, Candidate, Line, Reading, Word
from invoicewatch.records.rows import group_rows

ALONE = 60.0
"""A word that only the first engine saw is kept from this confidence on; below, it is mostly dirt."""


def fuse_readings(first: Reading, second: Reading) -> Reading:
    """Fuse two readings of one page.

    The kept words carry the other engine's reading of the same ink among their ``others``, so that `Word.agreed` tells
    where both read alike. Outside the second reading's regions the first stays as it is.
    """
    words: list[Word] = []
    for match in match_words(first.words, second.words):
        words.extend(_fuse_match(match, second.regions))
    lines = tuple(Line(tuple(row)) for row in group_rows(words))
    return Reading(first.page, lines, f"{first.engine} + {second.engine}", first.source, first.regions)


def _fuse_match(match: Match, regions: Sequence[Box]) -> Iterator[Word]:
    if not match.second:
        yield from (word for word in match.first if word.confidence >= ALONE or not _inside(word.box, regions))
        return
    if not match.first:
        yield from match.second
        return
    yield from _choose(match)


def _choose(match: Match) -> Iterator[Word]:
    kept, others = (match.first, match.second) if _prefer_first(match) else (match.second, match.first)
    parts = project([word.text for word in kept], "".join(word.text for word in others))
    for word, part in zip(kept, parts, strict=True):
        yield replace(word, others=(*word.others, *_note(part, others)))


def _note(part: str, others: Sequence[Word]) -> Iterator[Candidate]:
    """What the other engine read where a kept word stands, as sure as the least sure word it came from."""
    if part:
        touching = [other for other in others if part in other.text] or list(others)
        yield Candidate(part, min(other.confidence for other in touching), others[0].engine)


def _prefer_first(match: Match) -> bool:
    return min(word.confidence for word in match.first) > min(word.confidence for word in match.second)


def _inside(box: Box, regions: Sequence[Box]) -> bool:
    x, y = box.middle
    return not regions or any(region.x0 <= x <= region.x1 and region.y0 <= y <= region.y1 for region in regions)

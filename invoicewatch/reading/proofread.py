"""Read once more, in other ways, the figures on which a decision rests and which two engines did not read alike.

What the engines nearly read in their place is noted, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import nlargest
from math import exp

from invoicewatch.records import Box, Candidate, Doubts, Line, OcrEngine, Page, Proofreader, Reading, Word

MOST_WORDS = 6
"""Of a page: two values are at most a date in words and an amount with blanks; more would be a table."""

_MOST_NEARLY = 3  # texts that were nearly read in place of a word


def proofread(reading: Reading, page: Page, doubts: Doubts, engine: OcrEngine) -> Reading:
    """The reading with what other ways gave (``Word.again``) for the figures of doubtful fields.

    What was nearly read of them, by their lattices, joins their ``others`` in the name of the engine that was kept: no
    engine proves itself.

    Args:
        reading: What two engines made of the page.
        page: Its picture.
        doubts: What was in doubt; only values of fields are read again, one word after the other.
        engine: Reads again, if it is a `Proofreader`; another notes only what was nearly read.
    """
    values = [doubt.value for doubt in doubts.items if doubt.value is not None]
    words = list(_find_disputed(reading, values))[:MOST_WORDS]
    if not words:
        return reading
    boxes = [word.box for word in words]
    again = engine.read_otherwise(page, boxes) if isinstance(engine, Proofreader) else ((),) * len(words)
    found = {id(word): texts for word, texts in zip(words, again, strict=True)}
    return replace(reading, lines=tuple(_note(line, found) for line in reading.lines))


def _find_disputed(reading: Reading, values: list[Box]) -> Iterator[Word]:
    for word in reading.words:
        if not word.agreed and any(map(str.isdigit, word.text)) and any(value.holds(word.box) for value in values):
            yield word


def _note(line: Line, found: Mapping[int, tuple[str, ...]]) -> Line:
    words = (
        replace(word, again=found[id(word)], others=(*word.others, *_list_nearly_read(line, place)))
        if id(word) in found
        else word
        for place, word in enumerate(line.words)
    )
    return replace(line, words=tuple(words))


def _list_nearly_read(line: Line, place: int) -> Iterator[Candidate]:
    """What else a word of a line may be, by paths with as many words as were read."""
    word = line.words[place]
    shares: dict[str, float] = defaultdict(float)
    for lattice in line.lattices:
        if lattice.first <= place < lattice.last:
            for path in lattice.paths:
                texts = path.text.split()
                if len(texts) == lattice.last - lattice.first:
                    shares[texts[place - lattice.first]] += 100.0 * exp(path.log_probability)
    others = nlargest(_MOST_NEARLY, ((share, text) for text, share in shares.items() if text != word.text))
    yield from (Candidate(text, share, word.engine) for share, text in others)

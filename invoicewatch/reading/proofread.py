"""Read once more, in other ways, the figures on which a decision rests and which two engines did not read alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from invoicewatch.records import Box, Doubts, Line, OcrEngine, Page, Proofreader, Reading, Word

MOST_WORDS = 6
"""Of a page: two values are at most a date in words and an amount with blanks; more would be a table."""


def proofread(reading: Reading, page: Page, doubts: Doubts, engine: OcrEngine) -> Reading:
    """The reading with what other ways gave (``Word.again``) for the figures of doubtful fields.

    Args:
        reading: What two engines made of the page.
        page: Its picture.
        doubts: What was in doubt; only values of fields are read again, one word after the other.
        engine: Reads again, if it is a `Proofreader`; another changes nothing.
    """
    values = [doubt.value for doubt in doubts.items if doubt.value is not None]
    words = list(_find_disputed(reading, values))[:MOST_WORDS]
    if not words or not isinstance(engine, Proofreader):
        return reading
    again = engine.read_otherwise(page, [word.box for word in words])
    found = {id(word): texts for word, texts in zip(words, again, strict=True)}
    return replace(reading, lines=tuple(_note(line, found) for line in reading.lines))


def _find_disputed(reading: Reading, values: list[Box]) -> Iterator[Word]:
    for word in reading.words:
        if not word.agreed and any(map(str.isdigit, word.text)) and any(value.holds(word.box) for value in values):
            yield word


def _note(line: Line, found: Mapping[int, tuple[str, ...]]) -> Line:
    words = (replace(word, again=found[id(word)]) if id(word) in found else word for word in line.words)
    return replace(line, words=tuple(words))

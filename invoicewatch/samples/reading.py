"""A sample as an engine would read it: perfectly, or with the mistakes that engines make."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from invoicewatch.records import Box, Line, Reading, Source, Word
from invoicewatch.samples.files.fonts import measure_ink, measure_width
from invoicewatch.samples.files.sheet import Sheet, Text
from invoicewatch.samples.invent.invoice import InvoiceSpec
from invoicewatch.samples.layouts.catalogue import LAYOUTS

ENGINE = "sample"
_SURE = 96.0
# Words whose baselines lie closer than this part of their size stand on one line.
_SAME_LINE = 0.45

_CONFUSIONS: dict[str, tuple[str, ...]] = {
    "0": ("O", "o", "8"),
    "1": ("l", "I", "i", "7"),
    "2": ("Z", "z"),
    "3": ("8", "5"),
    "4": ("A",),
    "5": ("S", "6", "s"),
    "6": ("G", "b", "8"),
    "7": ("1", "/"),
    "8": ("B", "3", "0"),
    "9": ("g", "q"),
    ",": (".", ""),
    ".": (",", "", ":"),
    ":": (".", ";", ""),
    "-": ("~", "", "—"),
    "/": ("1", "7", "l"),
    "'": ("", "`", "’"),
    "€": ("E", "C", "&"),
    "£": ("E", "L"),
    "$": ("S", "8"),
    "ä": ("a", "ii"),
    "ö": ("o", "6"),
    "ü": ("u", "ii"),
    "ß": ("B", "fs"),
    "é": ("e", "6"),
    "è": ("e",),
    "à": ("a",),
    "°": ("*", "o", "º"),
    "m": ("rn", "nn"),
    "n": ("ri", "r"),
    "w": ("vv",),
    "d": ("cl",),
    "l": ("1", "I", "i"),
    "I": ("l", "1", "|"),
    "i": ("l", "1", "j"),
    "O": ("0", "Q"),
    "o": ("0", "c"),
    "S": ("5", "8"),
    "B": ("8", "3"),
    "e": ("c", "o"),
    "c": ("e", "o"),
    "t": ("l", "f"),
    "T": ("1", "I"),
    "G": ("6", "C"),
    "Z": ("2",),
    "g": ("9", "q"),
    "u": ("ii", "v"),
    "N": ("M",),
}
_STRAY = (".", ",", "|", "'", "_", "~", "-", ":")


def render_reading(spec: InvoiceSpec, layout: str) -> tuple[Reading, ...]:
    """The document read without a mistake: one reading a page, words in true boxes.

    Args:
        spec: What the document says.
        layout: A key of ``LAYOUTS`` that suits the document's kind (see ``choose_layout``).
    """
    return read_sheets(LAYOUTS[layout].draw(spec))


def read_sheets(sheets: tuple[Sheet, ...]) -> tuple[Reading, ...]:
    """Read drawn pages without a mistake; words on one baseline make one line, left to right."""
    return tuple(Reading(number, _read_lines(sheet), ENGINE, Source.OCR) for number, sheet in enumerate(sheets, 1))


def damage_reading(reading: Reading, rng: Random, rate: float) -> Reading:
    """Misread about ``rate`` (0-1) of the words the way engines do.

    Characters are confused, dropped or added, words split, joined to their neighbour or lost; misread words are less
    sure, but not always. A line that loses all its words is dropped.
    """
    lines = (Line(tuple(_damage_words(line.words, rng, rate))) for line in reading.lines)
    kept = tuple(line for line in lines if line.words)
    return Reading(reading.page, kept, reading.engine, reading.source)


def _read_lines(sheet: Sheet) -> tuple[Line, ...]:
    runs = [mark for mark in sheet.marks if isinstance(mark, Text)]
    placed = [(run.y, run.size, word) for run in sorted(runs, key=lambda run: run.y) for word in _words(run, sheet)]
    rows: list[list[tuple[float, float, Word]]] = []
    for item in placed:
        if rows and item[0] - rows[-1][0][0] <= _SAME_LINE * min(item[1], rows[-1][0][1]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return tuple(Line(tuple(sorted((word for _, _, word in row), key=lambda word: word.box.x0))) for row in rows)


def _words(run: Text, sheet: Sheet) -> Iterator[Word]:
    """The words of a run in their ink boxes; a run may hold several blanks between two words."""
    at = 0
    for text in run.text.split():
        start = run.text.index(text, at)
        at = start + len(text)
        left = run.x + measure_width(run.face, run.text[:start]) * run.size
        ink = measure_ink(run.face, text)
        box = Box(
            (left + ink.x0 * run.size) / sheet.width,
            (run.y + ink.y0 * run.size) / sheet.height,
            (left + ink.x1 * run.size) / sheet.width,
            (run.y + ink.y1 * run.size) / sheet.height,
        )
        yield Word(text, Box(*(min(1.0, max(0.0, edge)) for edge in box)), _SURE, ENGINE)


def _damage_words(words: tuple[Word, ...], rng: Random, rate: float) -> Iterator[Word]:
    waiting: Word | None = None
    for word in words:
        current = word
        if waiting and _touches(waiting, word):
            current = _join(waiting, word)
        elif waiting:
            yield waiting
        waiting = None
        if rng.random() >= rate:
            yield _unsure(current, rng, 70, 97) if rng.random() < rate else current
            continue
        kind = rng.choices(("confuse", "drop_sign", "stray", "split", "join", "lose"), (60, 8, 8, 10, 9, 5))[0]
        if kind == "lose":
            continue
        if kind == "join":
            waiting = current
        elif kind == "split" and len(current.text) > 1:
            yield from _split(current, rng)
        else:
            yield _unsure(_respell(current, _misspell(current.text, kind, rng)), rng, 20, 92)
    if waiting:
        yield waiting


def _touches(left: Word, right: Word) -> bool:
    """Whether only a blank stands between them: engines never join across a table's columns."""
    return right.box.x0 - left.box.x1 < 1.5 * left.box.width / len(left.text)


def _misspell(text: str, kind: str, rng: Random) -> str:
    if kind == "stray":
        return text + rng.choice(_STRAY) if rng.random() < 0.7 else rng.choice(_STRAY) + text
    if kind == "drop_sign" and len(text) > 1:
        at = rng.randrange(len(text))
        return text[:at] + text[at + 1 :]
    places = [at for at, sign in enumerate(text) if sign in _CONFUSIONS]
    if not places:
        return text
    at = rng.choice(places)
    return (text[:at] + rng.choice(_CONFUSIONS[text[at]]) + text[at + 1 :]) or text


def _respell(word: Word, text: str) -> Word:
    return Word(text, word.box, word.confidence, word.engine)


def _unsure(word: Word, rng: Random, lowest: int, highest: int) -> Word:
    return Word(word.text, word.box, float(rng.randint(lowest, highest)), word.engine)


def _split(word: Word, rng: Random) -> Iterator[Word]:
    at = rng.randrange(1, len(word.text))
    x = word.box.x0 + word.box.width * at / len(word.text)
    confidence = float(rng.randint(30, 92))
    yield Word(word.text[:at], Box(word.box.x0, word.box.y0, x, word.box.y1), confidence, word.engine)
    yield Word(word.text[at:], Box(x, word.box.y0, word.box.x1, word.box.y1), confidence, word.engine)


def _join(first: Word, second: Word) -> Word:
    box = Box.around((first.box, second.box))
    return Word(first.text + second.text, box, min(first.confidence, second.confidence) - 15, first.engine)

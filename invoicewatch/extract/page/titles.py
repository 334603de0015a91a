"""Words by which a document says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.labels import find_labels, load_labels, skeleton_of
from invoicewatch.extract.page.layout import PageView, Row

_COMPOUND_KINDS = ("invoice", "credit_note")
# Roles of the table for labels that tell a kind but are no titles: "invoice date".
_LABEL = "_label"


@dataclass(frozen=True)
class Mention:
    """A kind of document named by words ``first`` up to but not including ``last`` of ``row``.

    ``leads`` says that it begins its cell, ``alone`` that nothing else stands in it, as with a title.
    """

    kind: str
    phrase: str
    row: Row
    first: int
    last: int
    leads: bool
    alone: bool


def find_mentions(page: PageView) -> Iterator[Mention]:
    """All kinds that ``page`` names; a word of a longer label counts with the label only."""
    seen = set()
    for label in find_labels(page, load_labels("kinds")):
        seen |= {(label.row.number, n) for n in range(label.first, label.last)}
        yield _mention(label.role, label.phrase, label.row, label.first, label.last)
    for row in page.rows:
        for n, word in enumerate(row.words):
            kind = find_word_kind(word.text)
            if kind and (row.number, n) not in seen:
                yield _mention(kind, word.text.casefold(), row, n, n + 1)


def find_word_kind(text: str) -> str:
    """``invoice`` or ``credit_note`` if ``text`` is one word for it, German and Dutch compounds too; else empty.

    A code in brackets may cling to it: ``Handelsrechnung(380)``.
    """
    text = text.partition("(")[0] or text
    skeleton = skeleton_of(text)
    phrase = load_labels("kinds").whole.get(skeleton)
    if phrase is not None:
        return phrase.role if phrase.role in {"invoice", "credit_note"} else ""
    if not text[:1].isupper():
        return ""
    return next((kind for end, kind in _load_compounds() if skeleton.endswith(end)), "")


@cache
def _load_compounds() -> tuple[tuple[str, str], ...]:
    """The last parts of compounds such as Mietrechnung, Sammelgutschrift, Verzamelfactuur, with their kinds."""
    return tuple((skeleton_of(word), kind) for kind in _COMPOUND_KINDS for word in list_words("compounds", kind))


def _mention(kind: str, phrase: str, row: Row, first: int, last: int) -> Mention:
    title = not kind.endswith(_LABEL)
    begin, end = row.cell_at(first)
    leads = not any(char.isalpha() for char in row.join(begin, first))  # "2. Mahnung" leads too
    rest = any(char.isalnum() for char in row.join(last, end)) or _has_value(row, end)
    alone = title and leads and not rest and not row.join(first, end).endswith(":")
    return Mention(kind.removesuffix(_LABEL), phrase, row, first, last, leads, alone)


def _has_value(row: Row, end: int) -> bool:
    """Whether the next cell is the value of what ends before it: ``Bestellung   : PO445``."""
    return end < len(row.words) and row.words[end].text.startswith(":")

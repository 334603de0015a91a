"""Words by which a document says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.labels import Label, find_labels, find_row_labels, load_labels, skeleton_of
from invoicewatch.extract.page.layout import PageView, Row

_COMPOUND_KINDS = ("invoice", "credit_note")
# Roles of the table for labels that tell a kind but are no titles: "invoice date".
_LABEL = "_label"
_COLUMNS_OF_TABLE = 3  # cells side by side without a figure
_LARGER = 1.3  # times the print beside it: a title, whatever stands there
_AMOUNT = re.compile(r"\D{0,4}\d{1,3}(?:[., ']?\d{3})*[.,]\d{2}\D{0,4}")
_HEADINGS = ("columns", "identifiers", "dates", "amounts", "currency", "parties")


@dataclass(frozen=True)
class Mention:
    """A kind of document named by words ``first`` up to but not including ``last`` of ``row``.

    ``leads`` says that it begins its cell, ``alone`` that nothing else stands in it, as with a title. ``greets`` says
    that it is how a letter greets or ends, which invoices do too; ``label`` that it is a label and no title.
    """

    kind: str
    phrase: str
    row: Row
    first: int
    last: int
    leads: bool
    alone: bool
    greets: bool = False
    label: bool = False


def find_mentions(page: PageView) -> Iterator[Mention]:
    """All kinds that ``page`` names; a word of a longer label counts with the label only."""
    if Mention not in page.memo:  # most who read a page ask
        page.memo[Mention] = tuple(_look_for_mentions(page))
    yield from page.memo[Mention]


def _look_for_mentions(page: PageView) -> Iterator[Mention]:
    seen = set()
    for label in find_labels(page, load_labels("kinds")):
        seen |= {(label.row.number, n) for n in range(label.first, label.last)}
        yield _mention(label.role, label.phrase, label.row, label.first, label.last)
    for row in page.rows:
        for n, word in enumerate(row.words):
            kind = find_word_kind(word.text)
            if kind and (row.number, n) not in seen:
                yield _mention(kind, word.text.casefold(), row, n, n + 1)


@lru_cache(maxsize=20_000)  # every extractor asks anew for the words of a page
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
    label = kind.endswith(_LABEL)
    begin, end = row.cell_at(first)
    leads = not any(char.isalpha() for char in row.join(begin, first))  # "2. Mahnung" leads too
    rest = any(char.isalnum() for char in row.join(last, end)) or _has_value(row, end)
    greets = not label and _is_formula(phrase)
    alone = not (label or greets) and leads and not rest and not row.join(first, end).endswith(":")
    titled = alone and not _is_in_table(row, first)
    return Mention(kind.removesuffix(_LABEL), phrase, row, first, last, leads, titled, greets, label)


def _has_value(row: Row, end: int) -> bool:
    """Whether the next cell is the value of what ends before it: ``Bestellung   : PO445``."""
    return end < len(row.words) and row.words[end].text.startswith(":")


@cache
def _is_formula(phrase: str) -> bool:
    """Whether it begins as a letter's greeting or leave-taking does: ``sehr geehrter Herr``."""
    skeleton = skeleton_of(phrase)
    return any(skeleton.startswith(each) for each in load_labels("letters").whole)


def _is_in_table(row: Row, first: int) -> bool:
    """Whether word ``first`` stands among the headings of columns or in a row of amounts, in no larger print."""
    begin, end = row.cell_at(first)
    others = [cell for cell in row.cells if cell[0] != begin]
    if not others or row.box_of(begin, end).height > _LARGER * min(row.box_of(*cell).height for cell in others):
        return False
    if any(_AMOUNT.fullmatch(row.join(*cell)) for cell in others):
        return True
    headings = {row.cell_at(label.first) for label in _find_headings(row) if label.leads} & set(others)
    plain = not any(char.isdigit() for char in row.text)
    return plain and bool(headings) and len(row.cells) >= _COLUMNS_OF_TABLE


def _find_headings(row: Row) -> list[Label]:
    return find_row_labels(row, load_labels(*_HEADINGS), fuzzy=False)

"""Titles that announce the document's number: ``Mietrechnung (387) Nr. 93/00``, ``Invoice #``, ``Facture FA-17``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from invoicewatch.extract.numbers.words import (
    find_number,
    goes_on,
    has_sign,
    is_number_sign,
    is_year,
    join_number,
    looks_like_date,
)
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.titles import Mention, find_mentions
from invoicewatch.extract.weights.identities import InvoiceNumberWeights
from invoicewatch.extract.weights.load import load_weights

_NUMBERED_KINDS = frozenset({"invoice", "credit_note"})
# Words between a title and the sign before its number: "Rechnung des Versicherers (575) Nr."
_MAX_BETWEEN = 6
_MIN_CHARS = 2
_MIN_ALONE = 4


def find_number_titles(page: PageView, taken: frozenset[tuple[int, int]]) -> tuple[list[Label], list[Finding]]:
    """Titles with a sign such as ``Nr.`` or ``#``, as labels of the number; and numbers right after a bare title."""
    labels: list[Label] = []
    bare: list[Finding] = []
    for mention in _list_titles(page, taken):
        label = _make_label(mention, taken) or _find_sign_below(page, mention, taken)
        if label is not None:
            labels.append(label)
        else:
            bare += _find_bare(page, mention)
    return labels, bare


def _list_titles(page: PageView, taken: frozenset[tuple[int, int]]) -> Iterator[Mention]:
    for mention in find_mentions(page):
        if mention.kind in _NUMBERED_KINDS and mention.leads and (mention.row.number, mention.first) not in taken:
            yield mention


def _make_label(mention: Mention, taken: frozenset[tuple[int, int]]) -> Label | None:
    """The title up to its sign, unless another label or a figure stands between."""
    row, first = mention.row, mention.last
    _, end = row.cell_at(mention.first)
    for n in range(first, min(end, first + _MAX_BETWEEN + 1)):
        if is_number_sign(row.words[n].text):
            return Label("title", "", mention.phrase, row, mention.first, n + 1, 1.0, leads=True)
        if n > first and has_sign(row.words[n].text) and (row.number, n) not in taken:
            return Label("title", "", mention.phrase, row, mention.first, n, 1.0, leads=True)
        if _stops(row, n, taken):
            return None
    return None


def _find_sign_below(page: PageView, mention: Mention, taken: frozenset[tuple[int, int]]) -> Label | None:
    """The sign of the number right below a title that stands alone: ``NOTA DI CREDITO``, and ``n. 12 del ...``."""
    if not mention.alone:
        return None
    for row, first, last in page.cells_below(mention.row.box_of(mention.first, mention.last), mention.row.number, 1):
        if last - first > 1 and is_number_sign(row.words[first].text) and (row.number, first) not in taken:
            return Label("title", "", mention.phrase, row, first, first + 1, 1.0, leads=True)
    return None


def _stops(row: Row, index: int, taken: frozenset[tuple[int, int]]) -> bool:
    text = row.words[index].text
    return (row.number, index) in taken or (any(char.isdigit() for char in text) and not text.startswith("("))


def _find_bare(page: PageView, mention: Mention) -> Sequence[Finding]:
    row = mention.row
    _, end = row.cell_at(mention.first)
    if mention.last == end:
        return _find_in_next_cell(page, mention, end)
    span = find_number(row, mention.last, end)
    if span is None or len(row.words[span[0]].text) < _MIN_CHARS or is_year(row.words[span[0]].text):
        return ()
    signed = has_sign(row.words[span[0]].text)
    weights = load_weights(InvoiceNumberWeights)
    score = weights.signed_title if signed else weights.bare_title
    method = f"{Where.AFTER} the title '{mention.phrase}'"
    value = join_number(row, *span)
    proved = signed and not goes_on(row, span[1], end) and not looks_like_date(value)
    return (Finding(value, page, row, *span, score, method, role_proved=proved),)


def _find_in_next_cell(page: PageView, mention: Mention, end: int) -> Sequence[Finding]:
    """A number by itself right of a title by itself: ``Rechnung        88213``."""
    row = mention.row
    cell = next((cell for cell in row.cells if cell[0] >= end), None)
    span = find_number(row, *cell) if cell else None
    if span is None or span != cell or is_year(row.join(*span)) or len(join_number(row, *span)) < _MIN_ALONE:
        return ()
    method = f"{Where.NEXT_CELL} the title '{mention.phrase}'"
    score = load_weights(InvoiceNumberWeights).next_to_title
    return (Finding(join_number(row, *span), page, row, *span, score, method),)

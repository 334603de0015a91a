"""The number of the document, and other numbers that a label names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from invoicewatch.extract.numbers.referred import find_title_references, find_told_numbers
from invoicewatch.extract.numbers.repeated import find_repeated_numbers
from invoicewatch.extract.numbers.titled import find_number_titles
from invoicewatch.extract.numbers.words import find_number, goes_on, is_number, join_number, looks_like_date
from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.page.label_values import Place, find_places, list_taken
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.known import list_mentioned, say_remembered
from invoicewatch.extract.weights.identities import InvoiceNumberWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Memory, SellerMemory
from invoicewatch.records.memory import shape_of

_PROVING_ROLES = frozenset({"invoice_number", "title", "order_number", "payment_reference"})
_NAMING_ROLES = frozenset({"invoice_number", "title"})
_NEAR = 1
# One figure by itself is more often a piece of something than a number.
_MIN_CHARS = 2
# Of its height: below stand the lines of the document and the numbers that they name.
_TOP_OF_PAGE = 0.45
# Fewer figures after a sign number a flat or a page.
_MIN_SIGNED = 5


def find_invoice_numbers(page: PageView, labels: list[Label], sections: list[Section], memory: Memory) -> list[Finding]:
    """What may be the number of the document on ``page``, in reading order."""
    taken = list_taken([label for label in labels if label.role != "number"])
    titles, found = find_number_titles(page, taken)
    weights = _weigh_labels()
    used = list_taken(titles)
    for label in [*titles, *labels]:
        if label.role == "number" and not _stands_alone(label, sections, used):
            continue
        if label.role in weights:
            found += _find_beside(page, label, taken, weights[label.role])
    found = (
        found
        or list(find_title_references(page, labels, sections, taken))
        or list(find_told_numbers(page, labels, taken))
        or find_repeated_numbers(page, taken)
        or list(_find_signed(page, labels, sections))
    )
    text = "\n".join(row.text for row in page.rows)
    shapes = {each.number_pattern: each for each in list_mentioned(memory, text) if each.number_pattern}
    return sorted((_weigh(finding, shapes) for finding in found), key=lambda each: (each.row.number, each.first))


def _weigh_labels() -> Mapping[str, float]:
    """How likely the value right beside a label is the document's number, by the label's role."""
    weights = load_weights(InvoiceNumberWeights)
    return {
        "invoice_number": weights.label_invoice_number,
        "title": weights.label_title,
        "document_number": weights.label_document_number,
        "number": weights.label_number,
    }


def _find_signed(page: PageView, labels: list[Label], sections: list[Section]) -> Iterator[Finding]:
    """``N° 10123456789`` or ``#2024-17`` by itself in the head of the page, where nothing else names a number."""
    score = load_weights(InvoiceNumberWeights).signed_alone
    for label in labels:
        begin, end = label.row.cell_at(label.first)
        outside = not find_role(sections, label.row.number, label.row.box_of(begin, begin + 1))
        if label.role == "number" and label.leads and outside and label.box.y0 < _TOP_OF_PAGE:
            span = find_number(label.row, label.last, end)
            if span and span[1] == end and len(join_number(label.row, *span)) >= _MIN_SIGNED:
                yield _make_finding(page, label, Place(label.row, label.last, end, 0), span, score)
    for row in page.rows:
        for first, last in row.cells:
            text = row.words[first].text
            alone = last == first + 1 and text.startswith("#") and is_number(text) and row.box.y0 < _TOP_OF_PAGE
            if (
                alone
                and len(fold(text)) >= _MIN_SIGNED
                and not find_role(sections, row.number, row.box_of(first, last))
            ):
                yield Finding(join_number(row, first, last), page, row, first, last, score, "a number with its sign")


def find_reminded_numbers(page: PageView, labels: list[Label]) -> list[Finding]:
    """The numbers on ``page`` of a reminder that call themselves an invoice's; the reminder's own is none of them."""
    taken = list_taken([label for label in labels if label.role != "number"])
    titles, _ = find_number_titles(page, taken)
    named = [label for label in (*titles, *labels) if label.role in _NAMING_ROLES]
    weights = _weigh_labels()
    found = (finding for label in named for finding in _find_beside(page, label, taken, weights[label.role]))
    return sorted(found, key=lambda each: (each.row.number, each.first))


def find_named_numbers(page: PageView, labels: list[Label], role: str) -> list[Finding]:
    """The numbers beside labels of ``role`` (``order_number``, ``payment_reference``), in reading order."""
    taken = list_taken([label for label in labels if label.role != "number"])
    score = load_weights(InvoiceNumberWeights).label_of_other_number
    return [finding for label in labels if label.role == role for finding in _find_beside(page, label, taken, score)]


def _stands_alone(label: Label, sections: list[Section], used: frozenset[tuple[int, int]]) -> bool:
    """``Number:`` leads its cell, is part of no title, and is no party's number."""
    if not label.leads or (label.row.number, label.first) in used:
        return False
    begin, end = label.row.cell_at(label.first)
    alone = label.last == end or label.text.endswith(":") or label.row.words[label.last].text.startswith(":")
    return alone and not find_role(sections, label.row.number, label.row.box_of(begin, begin + 1))


def _find_beside(page: PageView, label: Label, taken: frozenset[tuple[int, int]], score: float) -> Iterator[Finding]:
    """The number in the nearest place, if the places nearer to the label hold nothing at all."""
    for place in find_places(page, label, taken):
        signed = label.role in _NAMING_ROLES and place.distance == 0
        span = find_number(place.row, place.first, place.last, signed=signed)
        if span is not None and (place.distance <= _NEAR or not _is_text_after(place, span[1])):
            yield _make_finding(page, label, place, span, score)
            return
        if place.distance == 0:
            return


def _is_text_after(place: Place, end: int) -> bool:
    """Below a label ``83 Orchard Avenue`` is an address; a number stands there alone, or before a date."""
    return any(word.text[0].isalpha() for word in place.row.words[end : min(end + 1, place.last)])


def _make_finding(page: PageView, label: Label, place: Place, span: tuple[int, int], score: float) -> Finding:
    where = (Where.BESIDE, Where.NEXT_CELL)[place.distance] if place.distance <= _NEAR else Where.BELOW
    weights = load_weights(InvoiceNumberWeights)
    score *= label.score * weights.factor_distance**place.distance * (1.0 if label.leads else weights.factor_inside)
    value = join_number(place.row, *span)
    skipped = any(word.text.isdigit() for word in place.row.words[place.first : span[0]])
    whole = not (skipped or goes_on(place.row, span[1], place.last) or looks_like_date(value))
    proved = whole and label.role in _PROVING_ROLES and label.leads and place.distance <= _NEAR
    method = f"{where} '{label.phrase}'"
    if len(fold(value)) < _MIN_CHARS:
        score, proved = score * weights.factor_short, False
    return Finding(value, page, place.row, *span, score, method, role_proved=proved)


def _weigh(finding: Finding, shapes: Mapping[str, SellerMemory]) -> Finding:
    """Numbers shaped as those of this seller's earlier ones are likelier; the role is not proved by that."""
    seller = shapes.get(shape_of(finding.value))
    if seller is None or not is_number(finding.value) or len(fold(finding.value)) <= 1:
        return finding
    method = f"{finding.method}, shaped as in {say_remembered(seller)}"
    weights = load_weights(InvoiceNumberWeights)
    return replace(finding, score=min(weights.highest, finding.score + weights.shaped_as_before), method=method)

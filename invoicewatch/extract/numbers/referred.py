"""The document's number where no label of its own stands right before it: by its title, or in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from invoicewatch.extract.numbers.words import find_number, is_number, join_number
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.page.label_values import find_places
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.page.titles import Mention, find_mentions
from invoicewatch.extract.weights.identities import InvoiceNumberWeights
from invoicewatch.extract.weights.load import load_weights

_KINDS = frozenset({"invoice", "credit_note"})
_ROWS_BELOW = 2
_MAX_BETWEEN = 6


def find_title_references(
    page: PageView, labels: list[Label], sections: list[Section], taken: frozenset[tuple[int, int]]
) -> Iterator[Finding]:
    """``Reference: MG-17`` or ``Serial No. 12`` beside a title that stands alone, or on the rows right below it."""
    titles = [mention for mention in find_mentions(page) if mention.kind in _KINDS and mention.alone]
    score = load_weights(InvoiceNumberWeights).reference_at_title
    for label in labels:
        outside = not find_role(sections, label.row.number, label.box)
        if label.role == "reference" and label.leads and outside and any(_is_at(label, each) for each in titles):
            place = next(find_places(page, label, taken), None)
            span = find_number(place.row, place.first, place.last) if place else None
            if place is not None and span is not None:
                method = f"{Where.BESIDE} '{label.phrase}' at the title"
                yield Finding(join_number(place.row, *span), page, place.row, *span, score * label.score, method)


def _is_at(label: Label, title: Mention) -> bool:
    return 0 <= label.row.number - title.row.number <= _ROWS_BELOW


def find_told_numbers(page: PageView, labels: list[Label], taken: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """``The invoice number for this order is M-17.``: a few words stand between."""
    score = load_weights(InvoiceNumberWeights).label_in_sentence
    for label in labels:
        if label.role != "invoice_number" or label.leads:
            continue
        row = label.row
        _, end = row.cell_at(label.first)
        for n in range(label.last, min(end, label.last + _MAX_BETWEEN)):
            if (row.number, n) in taken:
                break
            if is_number(row.words[n].text):
                span = find_number(row, n, end)
                method = f"{Where.AFTER} '{label.phrase}' in a sentence"
                if span is not None:
                    yield Finding(join_number(row, *span), page, row, *span, score * label.score, method)
                break

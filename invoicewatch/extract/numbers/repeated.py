"""The document's number without its label: a number by itself that another one ends with, as payment references do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from invoicewatch.extract.numbers.words import find_number, is_number, join_number
from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.weights.identities import InvoiceNumberWeights
from invoicewatch.extract.weights.load import load_weights

_TOP_OF_PAGE = 0.45  # of its height: below stand the lines and the numbers that they name
_MIN_CHARS = 4
_JOINT = re.compile(r"[-/_.]")


def find_repeated_numbers(page: PageView, taken: frozenset[tuple[int, int]]) -> list[Finding]:
    """Numbers alone in their cell near the top, beside no other label, that a longer number on the page ends with.

    A last resort where the label cannot be read: a payment reference is often the customer's number and this one.
    """
    tails = {fold(_JOINT.split(word.text)[-1]) for row in page.rows for word in row.words if _is_joined(word.text)}
    score = load_weights(InvoiceNumberWeights).repeated
    return [
        Finding(join_number(row, *span), page, row, *span, score, FoundBy.REPEATED)
        for row, span in _list_lone_numbers(page, taken)
        if fold(join_number(row, *span)) in tails
    ]


def _is_joined(text: str) -> bool:
    return is_number(text) and len(_JOINT.split(text)) > 1


def _list_lone_numbers(page: PageView, taken: frozenset[tuple[int, int]]) -> Iterator[tuple[Row, tuple[int, int]]]:
    for row in page.rows:
        if row.box.y0 > _TOP_OF_PAGE:
            return
        before = None
        for first, last in row.cells:
            span = find_number(row, first, last)
            labelled = before is not None and (row.number, before) in taken
            whole = span is not None and span[1] == last and len(fold(join_number(row, *span))) >= _MIN_CHARS
            if span is not None and whole and not labelled and (row.number, first) not in taken:
                yield row, span
            before = last - 1

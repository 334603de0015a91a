"""Several invoices in one file, as a feeder's stack gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.judge.picture import count_receipts
from invoicewatch.extract.numbers.invoice import find_invoice_numbers
from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.sections import find_sections
from invoicewatch.extract.page.titles import find_mentions
from invoicewatch.records import Memory, Reading

# A heading stands in the upper part of its page; what is named further down is named in passing.
_TOP_OF_PAGE = 0.45
# What a label names beside it is rated higher, a bare number lower.
_SURE = 0.8
# Of 100: an engine less sure may have misread the letter by which two numbers differ.
_CLEAR = 85.0


def find_several_invoices(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Why the file seems to hold more than one invoice, in words for the review; empty where it does not.

    Two pages that each begin an invoice (a title and a number of their own near the top) and give different numbers
    are two invoices. A number that repeats the other but for one unclear letter is the same one misread. Receipts that
    lie in one picture are told by their totals and days.
    """
    pages = view_pages(readings) if len(readings) > 1 else ()
    heads = [head for page in pages if (head := _find_head(page)) is not None]
    different: list[Finding] = []
    for head in heads:
        if not any(_is_same(head, other) for other in different):
            different.append(head)
    if len(different) < 2:  # noqa: PLR2004
        return tuple(_find_pictures(readings))
    named = ", ".join(f"{head.value} on page {head.page.page}" for head in different)
    return (f"the file seems to hold several invoices: {named}",)


def _find_pictures(readings: Sequence[Reading]) -> Iterator[str]:
    for reading in readings:
        receipts = count_receipts(reading)
        if receipts > 1:
            yield f"page {reading.page} seems to show {receipts} receipts"


def _find_head(page: PageView) -> Finding | None:
    """The number at the head of an invoice that begins on ``page``; None where none does."""
    titled = any(
        mention.kind != "other" and mention.leads and mention.row.box.y0 < _TOP_OF_PAGE
        for mention in find_mentions(page)
    )
    if not titled:
        return None
    labels = find_labels(page, load_labels("identifiers"))
    numbers = [
        n
        for n in find_invoice_numbers(page, labels, find_sections(page), Memory())
        if n.score >= _SURE and n.box.y0 < _TOP_OF_PAGE
    ]
    return max(numbers, key=lambda number: number.score, default=None)


def _is_same(one: Finding, other: Finding) -> bool:
    distance = Levenshtein.distance(fold(one.value), fold(other.value), score_cutoff=1)
    unclear = any(word.confidence < _CLEAR for finding in (one, other) for word in finding.words)
    return distance == 0 or (distance == 1 and unclear)

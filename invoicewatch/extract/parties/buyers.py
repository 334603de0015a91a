"""The buyer without a heading: the name over the address that shows in the window of the envelope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.names.lines import NameLine, has_postcode
from invoicewatch.extract.parties.names.words import is_label, load_phrases
from invoicewatch.extract.parties.ranking.points import is_sentence
from invoicewatch.extract.parties.ranking.wordmarks import mark_words
from invoicewatch.extract.weights.identities import BuyerWeights
from invoicewatch.extract.weights.load import load_weights

# DIN 5008 and its like put the window into the upper two fifths of the page, left or right.
_TOP, _BOTTOM = 0.08, 0.45
_ADDRESS_ROWS = 4
_SAME_NAME_RATIO = 85.0  # of 100: the seller again in small print, a letter of seven misread


def find_window_buyers(
    page: PageView, lines: Sequence[NameLine], sections: list[Section], seller: str
) -> list[Finding]:
    """The first name over a postal address in the upper part of ``page`` that is not the ``seller``'s."""
    weights = load_weights(BuyerWeights)
    for line in list_window_lines(page, lines, sections):
        if not _is_seller(line.text, seller):
            score = weights.in_window + weights.legal_form * line.form
            return [Finding(line.text, page, line.row, line.first, line.last, score, FoundBy.WINDOW, more=line.more)]
    return []


def list_window_lines(page: PageView, lines: Sequence[NameLine], sections: list[Section]) -> Iterator[NameLine]:
    """The names that stand over a postal address in the upper part of ``page``, outside any party's block."""
    for line in lines:
        outside = find_role(sections, line.row.number, line.box) == ""
        in_window = _TOP < line.box.y0 < _BOTTOM
        if outside and in_window and not _is_no_name(line.text) and _is_over_address(page, line):
            yield line


def drop_false_buyers(buyers: Sequence[Finding], sellers: Sequence[Finding]) -> list[Finding]:
    """Without the seller itself, streets and labels; the seller is the likeliest of ``sellers``."""
    seller = max(sellers, key=lambda finding: finding.score).value if sellers else ""
    return [each for each in buyers if not _is_seller(each.value, seller) and not _is_no_name(each.value)]


def _is_no_name(text: str) -> bool:
    marks, folded = mark_words(text), fold(text)
    printed = any(folded in load_phrases(role) for role in ("heading", "buyer_heading", "blank"))
    return not marks["form"] and (is_label(text) or printed or marks["street"] > 0)


def _is_seller(name: str, seller: str) -> bool:
    return fuzz.ratio(fold(name), fold(seller)) >= _SAME_NAME_RATIO


def _is_over_address(page: PageView, line: NameLine) -> bool:
    """A line with a postcode stands one to four rows below; a sentence or a line with a figure or colon is no name."""
    if is_sentence(line.text) or any(char.isdigit() or char == ":" for char in line.row.join(line.first, line.last)):
        return False
    for row, first, last in page.cells_below(line.box, line.last_row, _ADDRESS_ROWS):
        if has_postcode(row.join(first, last)):
            return row.number > line.last_row
    return False

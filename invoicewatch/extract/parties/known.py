"""Sellers that earlier documents proved: a hint for reading this one, never evidence by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from invoicewatch.extract.page.evidence import Finding, fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.weights.identities import SellerWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Memory, SellerMemory

# One document may be an accident.
_MIN_PROOFS = 2
# Of 100: two letters of sixteen may be misread.
_SAME_NAME_RATIO = 88.0
_MIN_NUMBER_CHARS = 8
_MIN_NAME_CHARS = 4


def list_mentioned(memory: Memory, text: str) -> list[SellerMemory]:
    """The sellers, proved more than once, whose VAT id, account or name stands in ``text``; their numbers first."""
    folded = fold(text)
    by_number: list[SellerMemory] = []
    by_name: list[SellerMemory] = []
    for seller in memory.sellers:
        if seller.proofs < _MIN_PROOFS:
            continue
        marks = _fold_marks(seller.name, seller.vat_id, seller.iban)
        if any(number in folded for number in marks[1:]):
            by_number.append(seller)
        elif len(marks[0]) >= _MIN_NAME_CHARS and marks[0] in folded:
            by_name.append(seller)
    return [*by_number, *by_name]


@lru_cache(maxsize=100_000)
def _fold_marks(name: str, vat_id: str, iban: str) -> tuple[str, ...]:
    """What a seller is known by, folded: its name, then its numbers. Kept, as each document asks for all sellers."""
    numbers = (fold(number) for number in (vat_id, iban))
    return fold(name), *(number for number in numbers if len(number) >= _MIN_NUMBER_CHARS)


def say_remembered(seller: SellerMemory) -> str:
    """How a field says that what earlier documents of its seller proved decided it."""
    return f"earlier documents of {seller.name}"


class KnownSellers:
    """The sellers of a memory that were proved more than once, ready to be looked up."""

    def __init__(self, memory: Memory) -> None:
        self._sellers = [seller for seller in memory.sellers if seller.proofs >= _MIN_PROOFS]
        self._names = [fold(seller.name) for seller in self._sellers]

    def weigh(self, finding: Finding) -> Finding:
        """A name that proved documents had before is likelier; it stays as this page writes it."""
        known = process.extractOne(fold(finding.value), self._names, scorer=fuzz.ratio, score_cutoff=_SAME_NAME_RATIO)
        if known is None:
            return finding
        known_name = load_weights(SellerWeights).scale.known_name
        return replace(finding, score=max(finding.score, known_name), method=FoundBy.KNOWN_NAME)

    def find_by_numbers(self, page: PageView) -> list[Finding]:
        """Sellers whose VAT id or account stands on ``page``: the name itself may be a picture."""
        found = []
        numbers = {number: seller for seller in self._sellers for number in _list_numbers(seller)}
        if not numbers:
            return []
        score = load_weights(SellerWeights).scale.known_number
        for row in page.rows:
            text = fold(row.text)
            for number, seller in numbers.items():
                if number in text:
                    found.append(Finding(seller.name, page, row, 0, len(row.words), score, FoundBy.KNOWN_NUMBER))
        return found


def _list_numbers(seller: SellerMemory) -> Sequence[str]:
    return _fold_marks(seller.name, seller.vat_id, seller.iban)[1:]

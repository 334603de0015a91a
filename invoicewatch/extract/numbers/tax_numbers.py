"""The seller's national tax number: beside its own name, or beside a label that says no more than ``Tax ID``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from invoicewatch.extract.numbers.registers import TaxNumber, load_named_numbers, load_tax_numbers
from invoicewatch.extract.numbers.second_addresses import stands_under
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.page.label_values import Place, find_places, list_taken
from invoicewatch.extract.page.labels import Label, LabelTable, Phrase, find_labels
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.parties.names.lines import NameLine
from invoicewatch.extract.weights.identities import TaxNumberWeights
from invoicewatch.extract.weights.load import load_weights

_MAX_WORDS = 6
_NEAR = 1
_MIN_FIGURES = 4  # different ones
_EDGES = ".,;:()[]|"
_OTHERS = frozenset({"buyer", "other_party"})


class Numbered(NamedTuple):
    """A tax number on the page, and whether it stands for VAT at home."""

    finding: Finding
    vat: bool


def find_tax_numbers(
    page: PageView, labels: list[Label], sections: list[Section], others: Sequence[NameLine] = ()
) -> list[Numbered]:
    """What may be the seller's national tax number on ``page``, in reading order; a buyer's is left out.

    One under an address of ``others``, which nothing says to be the seller's, is doubted.
    """
    named = find_labels(page, _load_names())
    taken = list_taken([*named, *labels])
    names = list_taken(named)
    general = [each for each in labels if each.role == "tax_number" and (each.row.number, each.first) not in names]
    kinds = {label.role: load_named_numbers()[label.role] for label in named}
    found = [each for label in named for each in _find_beside(page, label, kinds[label.role], taken, own=True)]
    labelled = tuple(number for number in load_tax_numbers() if number.labelled)
    found += [each for label in general for each in _find_beside(page, label, labelled, taken, own=False)]
    found = [_doubt(each) if stands_under(each.finding, others) else each for each in found]
    mine = [each for each in found if find_role(sections, each.finding.row.number, each.finding.box) not in _OTHERS]
    return sorted(mine, key=lambda each: (each.finding.row.number, each.finding.first))


@cache
def _load_names() -> LabelTable:
    """The names of the numbers as labels; a label's role is the name's skeleton."""
    names = {skeleton: numbers[0].names[0] for skeleton, numbers in load_named_numbers().items()}
    return LabelTable.of(Phrase(skeleton, "", name, skeleton) for skeleton, name in names.items())


def _find_beside(
    page: PageView, label: Label, kinds: Sequence[TaxNumber], taken: frozenset[tuple[int, int]], *, own: bool
) -> Iterator[Numbered]:
    """The number in the nearest place; it comes first there. Only its ``own`` name proves it."""
    for place in find_places(page, label, taken, reach=1):
        read = _read(place, kinds)
        if read is not None:
            end, kind = read
            number = _make_number(page, label, place, end, kind)
            yield number if own else number._replace(finding=replace(number.finding, role_proved=False))
            return
        if place.distance == 0:
            return


def _read(place: Place, kinds: Sequence[TaxNumber]) -> tuple[int, TaxNumber] | None:
    """Where a number of one of ``kinds`` ends that begins with the place, and its kind.

    One whose check digits hold wins, then the longest; one that goes on in the next word is none.
    """
    first = next((n for n in range(place.first, place.last) if _compact(place.row.words[n].text)), place.last)
    fits = []
    text = ""
    for n in range(first, min(place.last, first + _MAX_WORDS)):
        text += _compact(place.row.words[n].text)
        if not _has_digits_next(place, n + 1):
            fits += [(kind.holds(text), n + 1, kind) for kind in kinds if kind.fits(text)]
    best = max(fits, key=lambda each: each[:2], default=None)
    return (best[1], best[2]) if best else None


def _make_number(page: PageView, label: Label, place: Place, end: int, kind: TaxNumber) -> Numbered:
    row = place.row
    first = next(n for n in range(place.first, end) if _compact(row.words[n].text))
    value = "".join(word.text for word in row.words[first:end]).strip(_EDGES)
    holds = kind.holds(_compact(value))
    weights = load_weights(TaxNumberWeights)
    score = weights.holding if holds else weights.failing
    score *= label.score * weights.factor_distance**place.distance
    sure = holds and kind.digits and not _is_made_up(value)
    proved = sure and label.score == 1.0 and place.distance <= _NEAR and not _goes_on(place, end)
    method = f"{(Where.BESIDE, Where.NEXT_CELL, Where.BELOW)[min(place.distance, 2)]} '{label.text.rstrip(':')}'"
    return Numbered(Finding(value, page, row, first, end, score, method, role_proved=proved), kind.vat)


def _is_made_up(value: str) -> bool:
    """Whether a number has hardly two figures in it, as in forms and samples: check digits hold in ``000 000 000``."""
    return len({char for char in value if char.isdigit()}) < _MIN_FIGURES


def _doubt(number: Numbered) -> Numbered:
    finding = number.finding
    score = finding.score * load_weights(TaxNumberWeights).factor_second_address
    return number._replace(finding=replace(finding, score=score, role_proved=False))


def _has_digits_next(place: Place, end: int) -> bool:
    """Whether a group of digits follows: of ``14 888 376 914`` the first three are no number."""
    return end < place.last and _compact(place.row.words[end].text).isdigit()


def _goes_on(place: Place, end: int) -> bool:
    """Whether more digits follow in the place: then this may be a part of a longer number."""
    return end < place.last and place.row.words[end].text[:1].isdigit()


def _compact(text: str) -> str:
    """In capitals; letters and digits only, and the ampersand of a Mexican one."""
    return re.sub(r"[^\w&]|_", "", text.upper())

"""What names a seller on its papers whatever their layout: its numbers, its telephone, its hosts, its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import skeleton_of
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.sections import Section, find_role, find_sections
from invoicewatch.extract.parties.ranking.hosts import list_hosts
from invoicewatch.records import Field, Word

_NUMBERS = {"seller_vat_id": "vat", "iban": "iban", "seller_tax_number": "tax"}
_PHONE = re.compile(r"\(?\+?\d[\d() ./-]{5,}\d")
_PHONE_DIGITS = 8  # from the end: country codes and leading zeros are written now so, now otherwise
_SURE = 0.75  # a row of digits that happens to pass a check is another one on every paper
_MOST_MARKS = 12
_MIN_NAME = 4


def find_marks(pages: Sequence[PageView], fields: Mapping[str, Field | None]) -> tuple[str, ...]:
    """The marks of a document, the strongest first; what stands in a buyer's block is none."""
    marks = [
        f"{mark}:{fold(str(field.value))}"
        for name, mark in _NUMBERS.items()
        if (field := fields.get(name)) is not None and field.confidence >= _SURE
    ]
    for page in pages:
        sections = find_sections(page)
        marks += [f"phone:{number}" for _, number in find_phones(page, sections)]
        buyers = "\n".join(_list_buyers(page, sections))
        marks += [f"host:{host}" for host in list_hosts(page) if host not in fold(buyers)]
    seller = fields.get("seller_name")
    if seller is not None and len(fold(str(seller.value))) >= _MIN_NAME:
        marks.append(f"name:{fold(str(seller.value))}")
    return tuple(dict.fromkeys(marks))[:_MOST_MARKS]


def list_names(pages: Sequence[PageView]) -> list[str]:
    """Every cell outside the buyer's block as the mark that it would be, were it the seller's name."""
    names: dict[str, None] = {}
    for page in pages:
        sections = find_sections(page)
        for row in page.rows:
            for first, last in row.cells:
                folded = fold(row.join(first, last))
                if len(folded) >= _MIN_NAME and not _is_others(sections, row, first, last):
                    names[f"name:{folded}"] = None
    return list(names)


def find_phones(page: PageView, sections: list[Section]) -> Iterator[tuple[Row, str]]:
    """The telephone numbers outside the buyer's block, by their last digits: after a word for it, or a ``+``."""
    for row in page.rows:
        for begin, end in row.cells:
            if _is_others(sections, row, begin, end):
                continue
            text = row.join(begin, end)
            matches = list(_PHONE.finditer(text))
            named = bool(matches) and _names_contact(row.words[begin:end])
            for match in matches:
                digits = re.sub(r"\D", "", match.group())
                if len(digits) >= _PHONE_DIGITS and (named or match.group().lstrip("(").startswith("+")):
                    yield row, digits[-_PHONE_DIGITS:]


def find_mark_words(page: PageView, mark: str) -> Sequence[Word]:
    """The words that bear a mark, to show where a seller was known by; empty where they are not on this page."""
    _, _, value = mark.partition(":")
    for row in page.rows:
        folded = [fold(word.text) for word in row.words]
        if value not in "".join(folded):
            continue
        last = next(n for n in range(1, len(folded) + 1) if value in "".join(folded[:n]))
        first = max(n for n in range(last) if value in "".join(folded[n:last]))
        return row.words[first:last]
    return ()


def _list_buyers(page: PageView, sections: list[Section]) -> Iterator[str]:
    for row in page.rows:
        for first, last in row.cells:
            if _is_others(sections, row, first, last):
                yield row.join(first, last)


def _is_others(sections: list[Section], row: Row, first: int, last: int) -> bool:
    """Whether a cell stands in a block of somebody else than the seller."""
    return find_role(sections, row.number, row.box_of(first, last)) in {"buyer", "other_party"}


def _names_contact(words: Sequence[Word]) -> bool:
    return any(skeleton_of(word.text).startswith(_contact_words()) for word in words)


@cache
def _contact_words() -> tuple[str, ...]:
    return tuple(skeleton_of(word) for word in list_words("names", "contact"))

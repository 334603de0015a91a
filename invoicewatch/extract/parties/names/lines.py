"""Lines of text that may be a party's name: what is no name is told by its numbers, its words and its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.legal_forms import find_legal_form, has_legal_form
from invoicewatch.extract.page.titles import find_mentions
from invoicewatch.extract.page.wording import is_wording
from invoicewatch.extract.parties.names.shop_numbers import drop_shop_number
from invoicewatch.extract.parties.names.signs import load_signs
from invoicewatch.extract.parties.names.words import load_phrases
from invoicewatch.records import Box, Word

_MAX_CHARS = 70
_MIN_LETTERS = 3
_SPACED_CHARS = 4.0
_WORDING = "wording"
_TITLES = frozenset({"invoice", "credit_note", "receipt", "reminder", "other"})
_TITLES_AFTER_NAMES = frozenset({"invoice", "credit_note"})
# "ME 04101" ends an address, though it looks like a company's number in a register.
_STATE_ZIP = re.compile(r",\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?$")
# British, Irish, Dutch and Canadian ones mix letters and figures: SW1B 3BN, D29 X4Y5, 1012 AB.
_LETTERED_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[\dW] ?[A-Z\d]{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)
_POSTCODE = re.compile(r"(?<!\w)(?:[A-Z]{1,2}[- ])?\d{4,6}(?!\w)")
# "Owned by: Name", "Operator: Name".
_LEAD = re.compile(r"^[^:]{2,20}:\s+(?=\S)")
_EDGES = " .,;:-–—_*=~|'\"`<>/\\°^#+"  # noqa: RUF001


@dataclass(frozen=True)
class NameLine:
    """A line that may be a name: words ``first`` up to but not including ``last`` of ``row``, and what it says.

    ``more`` are words on the rows down to ``last_row``, if it was broken in two. ``rank`` counts name-like lines from
    the top of the page; ``header`` says that nothing but names, titles and noise stands above it. ``form`` says that a
    legal form is in it, ``numbered`` that a register number follows it.
    """

    text: str
    row: Row
    first: int
    last: int
    more: tuple[Word, ...]
    last_row: int
    rank: int
    header: bool
    form: bool
    numbered: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words on all its rows."""
        return self.row.words[self.first : self.last] + self.more

    @property
    def box(self) -> Box:
        """The box around all its words."""
        return Box.around(word.box for word in self.words)


def find_name_lines(page: PageView) -> list[NameLine]:
    """The lines of ``page`` that may be a name, from top to bottom; lines broken in two are joined."""
    if NameLine not in page.memo:  # two extractors ask
        page.memo[NameLine] = tuple(_look_for_name_lines(page))
    return list(page.memo[NameLine])


@lru_cache(maxsize=20_000)  # a page is asked about the same words many times
def clean_name(text: str) -> str:
    """A name without the register number, the address or the former name that stands on the same line."""
    signs = load_signs()
    text = signs.rest.sub("", _LEAD.sub("", text.strip(_EDGES.replace(".", ""))))
    text = _cut_address(text)
    whole = _cut_register_number(text)
    text = whole.strip(_EDGES)
    if find_legal_form(f"{text}.") and whole[whole.index(text) + len(text) :].startswith("."):
        text += "."  # Ltd., a.G., S.p.A.
    return text.lstrip("([ ") if text.count("(") > text.count(")") and text.startswith("(") else text


def _look_for_name_lines(page: PageView) -> list[NameLine]:
    titled = _list_titled(page)
    lines: list[NameLine] = []
    header = True
    titles = {
        (each.row.number, each.last): each.first for each in find_mentions(page) if each.kind in _TITLES_AFTER_NAMES
    }
    for row, first, end in _list_cells(page):
        last = _cut_title(row, first, end, titles)
        text = row.join(first, last)
        name = clean_name(text)
        bare = drop_shop_number(name, at_top=not lines and row.number == 0)
        role = None if has_legal_form(name) else titled.get((row.number, first))  # Total Tools Ltd is no total
        if role is None and is_name_like(bare) and is_wording(row, first, last):
            role = _WORDING
        if role is not None or not is_name_like(bare):
            header = header and not (lines and _ends_header(text, role))
            continue
        line = _make_line(row, first, last, name, rank=len(lines), header=header)
        above = next((other for other in reversed(lines) if _is_above(other, line)), None)
        if above is not None and goes_on(above.text, name):
            lines[lines.index(above)] = _join(above, line)
        else:
            lines.append(line)
    return lines


def _cut_register_number(text: str) -> str:
    """Without the company's number in the register; bare figures behind a name without a legal form are none."""
    found = load_signs().register_number.search(text)
    if found is None or _STATE_ZIP.search(text):
        return text
    before = text[: found.start()]
    return text if found.group().strip().isdigit() and find_legal_form(before) is None else before


def _cut_address(text: str) -> str:
    """A company without the address behind it, as the sender's line over a window has it: ``Acme GmbH, 53171 Bonn``."""
    for comma in re.finditer(r",\s+", text):
        form = find_legal_form(text[: comma.start()])
        if form and form.end() == comma.start() and is_address_like(text[comma.end() :]):
            return text[: comma.start()]
    return text


@lru_cache(maxsize=20_000)
def is_name_like(text: str) -> bool:
    """Letters enough, no address, no contact, few digits."""
    signs = load_signs()
    return is_lettered(text) and not (
        signs.salutation.fullmatch(text)
        or signs.courtesy.search(text)
        or signs.contact.search(text)
        or signs.street.search(text)
        or has_postcode(text)
    )


def is_lettered(text: str) -> bool:
    """Letters enough, and not too many figures among them, for a name."""
    letters = sum(char.isalpha() for char in text)
    digits = sum(char.isdigit() for char in text)
    return letters >= _MIN_LETTERS and len(text) <= _MAX_CHARS and digits * 3 <= letters


@lru_cache(maxsize=20_000)
def is_address_like(text: str) -> bool:
    """Whether a line is what stands under a name: street, town, register number, phone, web, tax number."""
    signs = load_signs()
    return bool(
        signs.contact.search(text)
        or signs.street.search(text)
        or _POSTCODE.search(text)
        or signs.house.search(text)
        or signs.register_number.search(text)
    )


@lru_cache(maxsize=20_000)
def has_postcode(text: str) -> bool:
    """Whether a line holds what may be a postcode beside the name of a town."""
    letters = sum(char.isalpha() for char in text)
    return letters >= _MIN_LETTERS and (_POSTCODE.search(text) or _LETTERED_POSTCODE.search(text)) is not None


def goes_on(above: str, text: str) -> bool:
    """Whether ``text`` is the rest of the name above: a legal form, a trade or both; ``& Sons``; a bracket."""
    form = find_legal_form(f"xx {text}")
    trade = text if form is None else text[: max(form.start() - 3, 0)]
    rest = _is_trade(trade) and (form is not None or any(map(str.isalpha, trade)))
    return (
        (rest and find_legal_form(above) is None)
        or above.count("(") > above.count(")")
        or load_signs().continuation.match(text) is not None
    )


def _is_trade(text: str) -> bool:
    """Whether ``text`` says no more than what somebody trades in, if that: ``Trading``, ``Restaurant & Bar``."""
    signs, trades = load_signs(), load_phrases("trade")
    return all(fold(word) in trades or not fold(word) or signs.continuation.match(word) for word in text.split())


def _list_cells(page: PageView) -> Iterator[tuple[Row, int, int]]:
    """The cells of the page, those of one spaced headline together."""
    for row in page.rows:
        first, last = row.cells[0]
        for begin, end in row.cells[1:]:
            gap = row.words[begin].box.x0 - row.words[last - 1].box.x1
            if gap <= _SPACED_CHARS * row.char_width and _are_one_headline(row.join(first, last), row.join(begin, end)):
                last = end
            else:
                yield row, first, last
                first, last = begin, end
        yield row, first, last


def _cut_title(row: Row, first: int, last: int, titles: Mapping[tuple[int, int], int]) -> int:
    """Where a name ends that has the document's title behind it: ``Acme Web Services Invoice``."""
    begin = titles.get((row.number, last), last)
    return begin if begin > first and is_name_like(clean_name(row.join(first, begin))) else last


def _are_one_headline(left: str, right: str) -> bool:
    """Without figures but a shop's number, and not two parties side by side."""
    whole = f"{left} {right}"
    if drop_shop_number(whole) == left:
        return True
    return not any(char.isdigit() for char in left + right) and not has_legal_form(left) and ":" not in left


def _list_titled(page: PageView) -> dict[tuple[int, int], str]:
    """The roles of labels that begin a cell, by row number and first word."""
    table = load_labels("identifiers", "parties", "kinds", "amounts")
    return {(label.row.number, label.first): label.role for label in find_labels(page, table) if label.leads}


def _ends_header(text: str, role: str | None) -> bool:
    """The head of a page ends with the address, or with the first label that is no title."""
    if role is not None:
        return role not in _TITLES
    return is_address_like(text) and sum(char.isalpha() for char in text) >= _MIN_LETTERS


def _make_line(row: Row, first: int, last: int, name: str, *, rank: int, header: bool) -> NameLine:
    text = row.join(first, last).strip(_EDGES)
    numbered = _cut_register_number(text) != text
    form = has_legal_form(row.join(first, last))
    return NameLine(name, row, first, last, (), row.number, rank, header, form, numbered)


def _is_above(above: NameLine, line: NameLine) -> bool:
    return line.row.number == above.last_row + 1 and min(above.box.x1, line.box.x1) > max(above.box.x0, line.box.x0)


def _join(above: NameLine, line: NameLine) -> NameLine:
    text = f"{above.text} {line.text}"
    return replace(
        above,
        text=text,
        more=above.more + line.words,
        last_row=line.row.number,
        form=has_legal_form(text),
        numbered=line.numbered,
    )

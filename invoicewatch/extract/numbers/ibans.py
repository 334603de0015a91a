"""Bank accounts (IBAN, ISO 13616): found by label or by their check digits.

Letters become digits only where the standard allows no letter, so that one reading is possible and no other; such an
account is shown, and not called verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.label_values import find_places, list_taken
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.other_readings import join_readings
from invoicewatch.extract.page.sections import Section, find_role
from invoicewatch.extract.weights.identities import IbanWeights
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.records import Source

_HEAD = re.compile(r"[A-Z]{2}[\dOQDILSBZ]{2}[A-Z0-9]*")
# Countries whose accounts have digits only (SWIFT, IBAN registry: BBAN structure of n alone).
_DIGITS_ONLY = frozenset("AT BE CZ DE DK EE ES FI HR HU IS LT NO PL PT SE SI SK".split())  # noqa: SIM905 - a table
# Lengths of the SEPA countries' IBANs (SWIFT, IBAN registry).
_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27,
}  # fmt: skip
_CONFUSED_DIGITS = str.maketrans("OQDILSBZG", "000115826")
_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_GROUP = re.compile(r"[A-Z0-9]{1,30}")
_MASK = re.compile(r"[*•●…]|\.{3}|[Xx]{3}")
_ALL_MASK = re.compile(r"[*•●…Xx]{2,}[.,;]?|\.{3}")
_MAX_WORDS = 12
_GROUP_CHARS = 4
# Rows above and below that belong to the sentence which says that an account is debited.
_NEAR_ROWS = 1


def find_ibans(page: PageView, labels: list[Label], sections: list[Section]) -> list[Finding]:
    """The accounts on ``page`` in reading order; one without a label counts only if its check digits hold."""
    others = [label for label in labels if label.role != "iban"]
    taken = list_taken(others)
    beside = {
        (place.row.number, n)
        for label in labels
        if label.role == "iban"
        for place in find_places(page, label, taken | list_taken([label]))
        for n in range(place.first, place.last)
    }
    found = (
        _make_finding(page, row, first, end, value, labelled=(row.number, first) in beside)
        for row in page.rows
        for first, end, value in _read_row(row, taken)
    )
    accounts = [each for each in found if each]
    debited = [_is_debited(page, each) for each in accounts]
    buyers = [find_role(sections, each.row.number, each.box) == "buyer" for each in accounts]
    weighed = [_weigh(each, others=any(signs)) for each, *signs in zip(accounts, debited, buyers, strict=True)]
    # Where one is debited none is there to be paid to, though the seller's may stand in the footer.
    return [replace(each, role_proved=False) for each in weighed] if any(debited) else weighed


def list_account_words(page: PageView) -> frozenset[tuple[int, int]]:
    """The words of whole accounts as ``(row number, word index)``: nothing else is read out of them."""
    return frozenset(
        (row.number, n)
        for row in page.rows
        for first, end, value in _read_row(row, frozenset())
        if len(value) == _LENGTHS.get(value[:2], 0) or check_iban(value)
        for n in range(first, end)
    )


def check_iban(value: str) -> bool:
    """Whether length, the country's structure and the check digits hold (ISO 13616, ISO 7064 mod 97-10)."""
    from stdnum import iban

    expected = _LENGTHS.get(value[:2], len(value))
    return len(value) == expected and bool(iban.is_valid(value, check_country=False))


def _read_row(row: Row, taken: frozenset[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    n = 0
    while n < len(row.words):
        found = _read(row, n, taken)
        if found is not None:
            yield n, *found
            n = found[0]
        else:
            n += 1


def _read(row: Row, first: int, taken: frozenset[tuple[int, int]]) -> tuple[int, str] | None:
    """The account that begins at word ``first``: its end and its value.

    It ends where the check digits hold or the country's length is reached; elsewhere after the first group of less
    than four.
    """
    text = _compact(row.words[first].text)
    if not _HEAD.fullmatch(text):
        return None
    text = _mend(text, text[:2])
    length = _LENGTHS.get(text[:2], 0)
    end = first + 1
    for n in range(first + 1, min(len(row.words), first + _MAX_WORDS)):
        group = _mend(_compact(row.words[n].text, upper=False), text[:2], head=False)
        complete = len(text) >= length if length else len(row.words[n - 1].text) < _GROUP_CHARS
        if complete or (_SHAPE.fullmatch(text) and check_iban(text)):
            break
        if (row.number, n) in taken or not _is_group(group, full=bool(length)):
            break
        text, end = text + group, n + 1
    return (end, text) if _SHAPE.fullmatch(text) else None


def _is_group(text: str, *, full: bool) -> bool:
    """Figures, or four capitals (a bank's code) where the country's length says that more must come."""
    if not _GROUP.fullmatch(text):
        return False
    return any(char.isdigit() for char in text) or (full and len(text) == _GROUP_CHARS)


def _mend(text: str, country: str, *, head: bool = True) -> str:
    """Letters to digits where only digits can stand: the check digits, and all of some countries' accounts."""
    if head:
        return country + text[2:4].translate(_CONFUSED_DIGITS) + _mend(text[4:], country, head=False)
    return text.translate(_CONFUSED_DIGITS) if country in _DIGITS_ONLY else text


def _make_finding(page: PageView, row: Row, first: int, end: int, value: str, *, labelled: bool) -> Finding | None:
    """A failed check digit makes an account less likely; what has neither label nor check digits is no account.

    Verified is only one that can exist and stands there letter by letter, with nothing after it that may belong to it.
    """
    if _is_masked(row, first, end):
        return None
    if not check_iban(value):
        value = _find_valid_reading(row, first, end) or value
    valid = check_iban(value)
    if not valid and not labelled:
        return None
    method = FoundBy.LABEL if labelled else FoundBy.CHECK_DIGITS
    misread = not valid and page.source is not Source.TEXT_LAYER
    weights = load_weights(IbanWeights)
    score = weights.valid if valid else weights.misread if misread else weights.labelled
    read = valid and value in {_compact(text) for text in join_readings(row.words[first:end])}
    proved = labelled and read and not _goes_on(row, end)
    return Finding(value, page, row, first, end, score, method, role_proved=proved, reading_proved=read)


def _is_masked(row: Row, first: int, end: int) -> bool:
    """Whether a part is hidden, as in ``DE85 **** 1234``: then the rest is no account."""
    hidden = any(_MASK.search(word.text) for word in row.words[first:end])
    return hidden or any(_ALL_MASK.fullmatch(word.text) for word in row.words[end : end + 1])


def _goes_on(row: Row, end: int) -> bool:
    """Whether another short group of digits follows in the cell: then the account may be longer than it can be."""
    if end not in range(*row.cell_at(end - 1)):
        return False
    text = row.words[end].text
    return text.isdigit() and len(text) <= _GROUP_CHARS


def _find_valid_reading(row: Row, first: int, end: int) -> str | None:
    """The one account whose check digits hold among what the engines read here; None if there is none, or two."""
    texts = {_compact(text) for text in join_readings(row.words[first:end])}
    valid = {text for text in texts if _SHAPE.fullmatch(text) and check_iban(text)}
    return valid.pop() if len(valid) == 1 else None


def _is_debited(page: PageView, finding: Finding) -> bool:
    """Whether the lines around an account say that money is taken from it."""
    number = finding.row.number
    near = page.rows[max(0, number - _NEAR_ROWS) : number + _NEAR_ROWS + 1]
    return any(_load_debit().search(row.text) for row in near)


@cache
def _load_debit() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){write_pattern('number_words', 'debit')}(?!\w)", re.IGNORECASE)


def _weigh(finding: Finding, *, others: bool) -> Finding:
    """An account of whoever pays is less likely the one to pay to, and is not called verified."""
    if not others:
        return finding
    return replace(finding, score=finding.score * load_weights(IbanWeights).factor_buyer, role_proved=False)


def _compact(text: str, *, upper: bool = True) -> str:
    """Without blanks and punctuation; groups after the first count only in capitals, as words are written small."""
    return re.sub(r"[\s.,:;()\[\]_-]", "", text.upper() if upper else text)

"""The number of the document: beside a label that says so, or in a title such as ``Rechnung (380) Nr. 4711``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from invoicewatch.extract.evidence import Finding, fold
from invoicewatch.extract.label_values import Place, find_places, list_taken
from invoicewatch.extract.labels import Label
from invoicewatch.extract.layout import PageView, Row
from invoicewatch.extract.titles import Mention, find_mentions
from invoicewatch.records import Memory
from invoicewatch.records.memory import shape_of

# How likely the value of a label of this role, right beside it, is the field's.
_ROLE_SCORE: Mapping[str, float] = {"invoice_number": 0.96, "document_number": 0.85}
_TITLE_SCORE = 0.93
_BARE_TITLE_SCORE = 0.8
_DISTANCE_FACTOR = 0.97
_MEMORY_BONUS = 0.03

_MAX_CHARS = 35
_NUMBER = re.compile(r"[^\W_][\w./#+&:-]*", re.UNICODE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}|\d+[.,]\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[ap]m)?", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Z]{1,4}[-/.]?")
_TRIM = ".,;:#*()[]|_=~-'\"°º"
# Words between a title and the sign before its number: "Rechnung des Versicherers (575) Nr."
_MAX_BETWEEN = 6
_NUMBERED_KINDS = frozenset({"invoice", "credit_note"})
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMBER_SIGNS = frozenset({"#", "№", "n°", "nº", "no", "no.", "nr", "nr.", "num", "number", "nummer", "numéro", "n."})


def find_numbers(page: PageView, labels: list[Label], memory: Memory, role: str = "invoice_number") -> list[Finding]:
    """What may be the number that ``role`` names on ``page``, in reading order."""
    taken = list_taken([label for label in labels if label.role != "number"])
    shapes = {seller.number_pattern for seller in memory.sellers if seller.number_pattern}
    roles = {"invoice_number", "document_number"} if role == "invoice_number" else {role}
    found = [
        _make_finding(page, place, span, label)
        for label in labels
        if label.role in roles
        for place, span in _find_values(page, label, taken)
    ]
    if role == "invoice_number":
        found += _find_in_titles(page, taken)
    return [_weigh(finding, shapes) for finding in sorted(found, key=lambda each: (each.row.number, each.first))]


def _find_values(
    page: PageView, label: Label, taken: frozenset[tuple[int, int]]
) -> Iterator[tuple[Place, tuple[int, int]]]:
    """The first place that holds a number, if the places nearer to the label hold nothing at all."""
    for place in find_places(page, label, taken):
        span = _find_number(place.row, place.first, place.last)
        if span is not None:
            yield place, span
            return
        if place.distance == 0:
            return


def _find_number(row: Row, first: int, last: int) -> tuple[int, int] | None:
    """The words of a place that are a number: they must come first, ``No.``, ``#`` and codes in brackets aside."""
    while first < last and (_is_sign(row.words[first].text) or _is_bracketed(row.words[first].text)):
        first += 1
    if first == last:
        return None
    if _is_number(row.words[first].text):
        return first, first + 1
    follows = first + 1 < last and _is_number(row.words[first + 1].text)
    return (first, first + 2) if follows and _PREFIX.fullmatch(row.words[first].text) else None


def _is_sign(text: str) -> bool:
    return not any(char.isalnum() for char in text) or text.casefold().rstrip(":") in _NUMBER_SIGNS


def _is_bracketed(text: str) -> bool:
    """A code in brackets explains the word before it: ``Rechnung (380)``."""
    return text.startswith("(") and text.rstrip(".,;:").endswith(")")


def _is_number(text: str) -> bool:
    """At least one digit, and no date, time, amount or percentage."""
    if _is_bracketed(text):
        return False
    text = text.strip(_TRIM)
    if not any(char.isdigit() for char in text) or len(text) > _MAX_CHARS or not _NUMBER.fullmatch(text):
        return False
    return not any(other.fullmatch(text) for other in (_DATE, _AMOUNT, _TIME))


def _find_in_titles(page: PageView, taken: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """``Invoice FA-2017-0008``, ``Rechnung # RE-17``, ``Mietrechnung (387) Nr. 93/00``: the kind, then its number."""
    for mention in find_mentions(page):
        if mention.kind in _NUMBERED_KINDS and mention.leads and (mention.row.number, mention.first) not in taken:
            finding = _read_title(page, mention, taken)
            if finding is not None:
                yield finding


def _read_title(page: PageView, mention: Mention, taken: frozenset[tuple[int, int]]) -> Finding | None:
    row, first = mention.row, mention.last
    _, end = row.cell_at(mention.first)
    sign = next((n for n in range(first, min(end, first + _MAX_BETWEEN + 1)) if _is_sign(row.words[n].text)), None)
    if sign is not None and not any(_stops_title(row, n, taken) for n in range(first, sign)):
        first = sign + 1
    span = _find_number(row, first, end)
    if span is None or (sign is None and _YEAR.fullmatch(row.words[span[0]].text)):
        return None
    score = _BARE_TITLE_SCORE if sign is None else _TITLE_SCORE
    return Finding(_join(row, *span), page, row, *span, score, "number in the title", role_proved=sign is not None)


def _stops_title(row: Row, index: int, taken: frozenset[tuple[int, int]]) -> bool:
    """Another label, or a figure that is no code in brackets, ends the title before its number."""
    text = row.words[index].text
    return (row.number, index) in taken or (any(char.isdigit() for char in text) and not text.startswith("("))


def _make_finding(page: PageView, place: Place, span: tuple[int, int], label: Label) -> Finding:
    score = _ROLE_SCORE.get(label.role, 0.9) * label.score * _DISTANCE_FACTOR**place.distance
    where = ("beside", "in the next cell to")[place.distance] if place.distance < 2 else "below"  # noqa: PLR2004
    return Finding(
        _join(place.row, *span),
        page,
        place.row,
        *span,
        score if label.leads else score * 0.9,
        f"{where} '{label.phrase}'",
        role_proved=label.role != "document_number" and label.leads and place.distance < 2,  # noqa: PLR2004
    )


def _join(row: Row, first: int, last: int) -> str:
    return row.join(first, last).strip(_TRIM)


def _weigh(finding: Finding, shapes: set[str]) -> Finding:
    """Numbers shaped as those of a seller that is remembered are likelier; the role is not proved by that."""
    if shape_of(finding.value) in shapes and len(fold(finding.value)) > 1:
        return replace(finding, score=min(0.98, finding.score + _MEMORY_BONUS))
    return finding

"""The sign of a credit note's amounts.

EN 16931 states the amounts of a credit note (UNTDID 1001: 381) positive: that it gives money back is its kind. Many
print a minus before each, which says the same again. A corrected or cancelled invoice (384) states the difference to
what was invoiced, and keeps its sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.labels import Label, find_labels, load_labels
from invoicewatch.extract.page.layout import PageView
from invoicewatch.records import Alternative, Field, Source

_CREDIT_ROLES = frozenset({"credit_note", "credit_note_label"})
_SHORT = 3  # letters: "no", "nr", "du" stand before a number or a date
_SAID = "without the minus of a credit note"


def state_credit(
    sums: Mapping[str, Field | None], kind: Field | None, stated: Field | None, pages: Sequence[PageView] = ()
) -> dict[str, Field | None]:
    """The sums as EN 16931 states them.

    Args:
        sums: The sums as printed.
        kind: The ``document_type`` that was found.
        stated: The total of an e-invoice's XML, which settles the sign; None where there is none.
        pages: The pages, whose titles tell where the kind does not.
    """
    found = dict(sums)
    titles = _list_titles(kind, pages) if _are_negative(found) else []
    if not titles:
        return found
    return found if _keeps_sign(titles, stated) else {name: _turn(field) for name, field in found.items()}


def _list_titles(kind: Field | None, pages: Sequence[PageView]) -> list[str]:
    """The words that call the document a credit note: those by which its kind was told, else a title on any page."""
    if kind is not None and kind.value == "credit_note":
        # A text layer may tear the word, an engine its letters; the phrase that was recognised stands in the method.
        return [kind.text, kind.method]
    labels = [label for page in pages for label in find_labels(page, load_labels("kinds"))]
    return [label.row.text for label in labels if label.role in _CREDIT_ROLES and label.leads and _is_title(label)]


def _is_title(label: Label) -> bool:
    """Whether a label stands in a cell of its own, at most with a number: a sentence only speaks of credit notes."""
    first, last = label.row.cell_at(label.first)
    words = [word.text for word in label.row.words[first:last]]
    others = [text for text in words[label.last - first :] if text.isalpha() and len(text) > _SHORT]
    return label.first == first and not others


def _keeps_sign(titles: Sequence[str], stated: Field | None) -> bool:
    if stated is not None and stated.source is Source.E_INVOICE and isinstance(stated.value, Decimal):
        return stated.value < 0
    return any(_load_corrections().search("".join(filter(str.isalpha, text))) for text in titles)


@cache
def _load_corrections() -> re.Pattern[str]:
    return re.compile(write_pattern("amount_words", "correction"), re.IGNORECASE)


def _are_negative(sums: Mapping[str, Field | None]) -> bool:
    """Whether the total is below zero, or without one all that there is; an engine may lose a minus elsewhere."""
    total = sums.get("total")
    fields = [total] if total is not None else [field for field in sums.values() if field is not None]
    values = [field.value for field in fields if isinstance(field.value, Decimal)]
    return any(value < 0 for value in values) and all(value <= 0 for value in values)


def _turn(field: Field | None) -> Field | None:
    if field is None or not isinstance(field.value, Decimal):
        return field
    others = tuple(map(_turn_other, field.alternatives))
    return replace(field, value=abs(field.value), method=f"{field.method}; {_SAID}", alternatives=others)


def _turn_other(other: Alternative) -> Alternative:
    return replace(other, value=-other.value) if isinstance(other.value, Decimal) else other

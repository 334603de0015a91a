"""Which comes first, the day or the month? What the document says about it, the plainest sign first.

Only what decides is used; where nothing does, the order most of the world writes is likelier, and the date stays
unverified with the other reading beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from invoicewatch.extract.dates.parse import Written
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.parties.known import list_mentioned, say_remembered
from invoicewatch.records import ExtractContext, Field, Memory

Order = Literal["dmy", "mdy"]

_MONTH_FIRST = frozenset({"US", "PH"})
_BOTH_ORDERS = frozenset({"CA"})
_MONTH_FIRST_CURRENCIES = frozenset({"USD", "PHP"})
_BOTH_ORDERS_CURRENCIES = frozenset({"CAD"})
_SURE_CURRENCY = 0.7  # what only a country's name tells is rated lower
_PHONE = re.compile(r"\+\s?(\d{1,3})")
_PHONE_COUNTRY = {"1": "US", "49": "DE", "43": "AT", "41": "CH", "33": "FR", "34": "ES", "39": "IT", "31": "NL",
                  "32": "BE", "44": "GB", "60": "MY", "65": "SG", "61": "AU", "63": "PH", "353": "IE"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """The order of day and month, and what decided it; ``reason`` is empty where nothing did."""

    order: Order
    reason: str


def find_order(
    dates: Sequence[Written], context: ExtractContext, languages: Mapping[str, int], text: str
) -> OrderEvidence:
    """Decide the order for the ambiguous dates of a document.

    Args:
        dates: All dates of the document.
        context: For the currency and VAT id found so far, and the memory.
        languages: How often labels of each language stand on the document.
        text: The document's text, for telephone numbers.
    """
    for find in (_by_other_dates, _by_dots):
        if evidence := find(dates):
            return evidence
    return (
        _by_memory(context.memory, text)
        or _by_country(context.found.get("seller_vat_id"), text)
        or _by_currency(context.found.get("currency"))
        or _by_language(languages)
        or OrderEvidence("dmy", "")
    )


def _by_other_dates(dates: Sequence[Written]) -> OrderEvidence | None:
    """A date of the same document with a day over 12."""
    plain = [written for written in dates if written.kind == "numeric" and not written.ambiguous]
    orders = {_order_of(written) for written in plain} - {None}
    if len(orders) != 1:
        return None
    order = orders.pop()
    return OrderEvidence(order, "another date of the document") if order else None


def _order_of(written: Written) -> Order | None:
    """The order that an unambiguous numeric date shows; None where day and month are alike."""
    if written.first_number == written.second_number:
        return None
    return "dmy" if written.days[0].day == written.first_number else "mdy"


def _by_dots(dates: Sequence[Written]) -> OrderEvidence | None:
    """Dots are only used where the day comes first (DIN 5008 and its like)."""
    numeric = [written for written in dates if written.kind == "numeric"]
    if numeric and all(written.sign == "." for written in numeric):
        return OrderEvidence("dmy", "written with dots")
    return None


def _by_memory(memory: Memory, text: str) -> OrderEvidence | None:
    """What this seller's proved documents wrote."""
    for seller in list_mentioned(memory, text):
        if seller.date_order in {"dmy", "mdy"}:
            order: Order = "dmy" if seller.date_order == "dmy" else "mdy"
            return OrderEvidence(order, say_remembered(seller))
    return None


def _by_country(vat_id: Field | None, text: str) -> OrderEvidence | None:
    """The country of the VAT id, else of the telephone numbers."""
    if vat_id is not None and str(vat_id.value)[:2].isalpha():
        return _order_in([str(vat_id.value)[:2].upper()], "the VAT id's country")
    codes = [
        _PHONE_COUNTRY[match[:n]] for match in _PHONE.findall(text) for n in (3, 2, 1) if match[:n] in _PHONE_COUNTRY
    ]
    return _order_in(codes, "the telephone number's country")


def _order_in(countries: Iterable[str], reason: str) -> OrderEvidence | None:
    orders: set[Order] = {"mdy" if c in _MONTH_FIRST else "dmy" for c in countries if c not in _BOTH_ORDERS}
    return OrderEvidence(orders.pop(), reason) if len(orders) == 1 else None


def _by_currency(currency: Field | None) -> OrderEvidence | None:
    """The currency, where it was found with some certainty."""
    if currency is None or currency.confidence < _SURE_CURRENCY or currency.value in _BOTH_ORDERS_CURRENCIES:
        return None
    order: Order = "mdy" if currency.value in _MONTH_FIRST_CURRENCIES else "dmy"
    return OrderEvidence(order, f"the currency {currency.value}")


def _by_language(languages: Mapping[str, int]) -> OrderEvidence | None:
    """Labels in languages whose countries all write in one order."""
    total = sum(languages.values())
    orders: tuple[Order, ...] = ("dmy", "mdy")
    for order in orders:
        codes = {language.code for language in load_languages() if language.date_order == order}
        count = sum(languages.get(code, 0) for code in codes)
        if count >= 2 and count * 2 > total:  # noqa: PLR2004 - one label may be a chance likeness
            return OrderEvidence(order, "the document's language")
    return None

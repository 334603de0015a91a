"""E-invoices: the XML is the original, so its word counts; where the page says otherwise, a person must look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from rapidfuzz import fuzz

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice.fields import read_fields
from invoicewatch.extract.einvoice.items import read_items
from invoicewatch.extract.einvoice.syntaxes.known import find_invoice_element
from invoicewatch.extract.einvoice.syntaxes.record import Syntax
from invoicewatch.extract.einvoice.xml import iterate_xml, parse_xml
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.records import ExtractContext, Field, Itemised, Reading, Source, format_value

# Fewer words than this are a cover sheet or a logo, which contradicts nothing.
_MIN_WORDS = 10
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' \u2019\u00a0\u202f]?\d{3})*[.,]\d{2}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")
_NAME_RATIO = 70.0  # of 100: page and XML may shorten a name, or an engine misread a third of it


class EInvoiceExtractor:
    """Reads the syntaxes of ``syntaxes.SYNTAXES``, embedded in a PDF or as the document itself."""

    def __init__(self, settings: ExtractSettings) -> None:
        self._max_bytes = settings.max_xml_bytes

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The fields of the first attachment that is an e-invoice; nothing where there is none."""
        found = _find_einvoice(context.attachments, self._max_bytes, context.invoice or 1)
        return {} if found is None else read_fields(*found[1])


def find_einvoice_name(attachments: Mapping[str, bytes], settings: ExtractSettings) -> str | None:
    """Which of the files is the e-invoice whose fields are taken; None where none is."""
    found = _find_einvoice(attachments, settings.max_xml_bytes)
    return None if found is None else found[0]


class EInvoice(NamedTuple):
    """An invoice in its document: the document's ``root``, the invoice's own ``element`` in it, and its ``syntax``."""

    root: Element
    element: Element
    syntax: Syntax


def find_einvoice(attachments: Mapping[str, bytes], settings: ExtractSettings, number: int = 0) -> EInvoice | None:
    """The e-invoice whose fields are taken, or the one of that number; None where there is none."""
    found = _find_einvoice(attachments, settings.max_xml_bytes, number or 1)
    return None if found is None else EInvoice(*found[1])


def find_stated_items(
    fields: Mapping[str, Field | None], attachments: Mapping[str, bytes], settings: ExtractSettings, number: int = 0
) -> Itemised | None:
    """The lines and the tax by rate of the e-invoice whose fields are taken; None where none is."""
    found = _find_einvoice(attachments, settings.max_xml_bytes, number or 1)
    if found is None:
        return None
    _, invoice, syntax = found[1]
    return read_items(invoice, syntax, fields)


def find_contradictions(fields: Mapping[str, Field | None], readings: Sequence[Reading]) -> tuple[str, ...]:
    """Where the visible pages say something else than the e-invoice, in words for the review.

    A page that is silent contradicts nothing: a total is contradicted where the pages show amounts and none is it,
    an account where they show accounts and none is it, and so on.
    """
    text = "\n".join(reading.text for reading in readings)
    if len(text.split()) < _MIN_WORDS:
        return ()
    checks = {
        "total": _shows_other_amounts,
        "issue_date": _shows_other_dates,
        "invoice_number": _lacks_text,
        "iban": _shows_other_accounts,
        "seller_name": _lacks_name,
    }
    return tuple(
        f"the e-invoice's {name} is {format_value(field.value)}, which the page does not show"
        for name, contradicts in checks.items()
        if (field := fields.get(name)) is not None and field.source is Source.E_INVOICE and contradicts(field, text)
    )


def _find_einvoice(
    attachments: Mapping[str, bytes], max_bytes: int, number: int = 1
) -> tuple[str, tuple[Element, Element, Syntax]] | None:
    """The first file that is an e-invoice: its name, its root, and the invoice of that number in it."""
    for name, content in iterate_xml(attachments):
        try:
            root = parse_xml(content, max_bytes)
        except DocumentError:
            continue  # the page is still there to be read; find_xml_faults tells the reviewer why
        found = find_invoice_element(root, number)
        if found is not None:
            return name, (root, *found)
    return None


def _shows_other_amounts(field: Field, text: str) -> bool:
    shown = {_digits(match.group()) for match in _AMOUNT.finditer(text)}
    return bool(shown) and isinstance(field.value, Decimal) and _digits(f"{field.value:.2f}") not in shown


def _shows_other_dates(field: Field, text: str) -> bool:
    """Compare by numbers: the day and the year must stand together, month names need no translation."""
    if not isinstance(field.value, date):
        return False
    shown = [{int(part) for part in re.findall(r"\d+", match.group(1))} for match in _load_date().finditer(text)]
    day, year = field.value.day, field.value.year
    return bool(shown) and not any(day in parts and parts & {year, year % 100} for parts in shown)


@cache
def _load_date() -> re.Pattern[str]:
    """Dates, overlapping on purpose: in "No 1 vom 11.03.2018" the date begins inside what looks like another one."""
    day = rf"\d{{1,2}}(?:{write_pattern('date_words', 'ordinal')}|º)?"
    month = r"(?:\d{1,2}|[^\W\d_]{3,10})"
    written = rf"{day}[./ -]{{1,2}}{month}[./ -]{{1,2}}(?:\d{{4}}|\d{{2}})(?!\d)"
    return re.compile(rf"(?<!\d)(?=({written}|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)))")


def _lacks_text(field: Field, text: str) -> bool:
    return _fold(str(field.value)) not in _fold(text)


def _shows_other_accounts(field: Field, text: str) -> bool:
    shown = [_fold(match.group()) for match in _IBAN.finditer(text)]
    return bool(shown) and not any(account.startswith(_fold(str(field.value))) for account in shown)


def _lacks_name(field: Field, text: str) -> bool:
    return fuzz.partial_ratio(_fold(str(field.value)), _fold(text)) < _NAME_RATIO


def _fold(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit()).lstrip("0")

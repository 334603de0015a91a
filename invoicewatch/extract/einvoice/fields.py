"""Turns the terms of an e-invoice's XML into fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.sums import find_open_sums, parse_amount, settle_rounding, take_off_rounding
from invoicewatch.extract.einvoice.syntaxes.record import TERMS, Syntax
from invoicewatch.extract.einvoice.terms import find_term
from invoicewatch.extract.einvoice.xpath import Places
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.numbers.vat_ids import spell_vat_id
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import EInvoiceWeights
from invoicewatch.records import Field, FieldValue, Source, format_value

_CII_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")  # format 102 of UN/CEFACT 2379: CCYYMMDD
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")  # an ISO 8601 date; a time or zone may follow
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NATIONAL_ACCOUNTS = {"PL": re.compile(r"\d{26}")}  # an IBAN without the country's letters
_NO_VAT_ID = re.compile(r"0+")  # what ebInterface's specification tells a seller without one to write

_TEXT_TERMS = ("invoice_number", "order_number", "payment_reference", "seller_tax_number")
_NAME_TERMS = ("seller_name", "buyer_name")
_AMOUNT_TERMS = ("net_total", "tax_total", "amount_due", "rounding", "prepaid")
_DATE_TERMS = ("issue_date", "due_date")
_TERM_OF = {"tax_inclusive_total": "total"}  # the term that a field is taken from, where it is another
_OPEN = ", sum open"


def read_fields(root: Element, invoice: Element, syntax: Syntax) -> dict[str, Field]:
    """The fields of one invoice element of the document ``root``, each with its element and the text it came from."""
    currency = _read_currency(invoice, syntax)
    stated = {term: find_term(invoice, syntax, term, currency) for term in TERMS}
    texts = {term: found.text for term, found in stated.items()}
    amounts = {term: parse_amount(text) for term, text in texts.items()}
    values = _read_values(texts, amounts, currency, syntax)
    places, confidence = Places(root), load_weights(EInvoiceWeights).stated
    fields: dict[str, Field] = {}
    for name, value in values.items():
        if value is not None:
            found = stated[_TERM_OF.get(name, name)]
            path = places.write_path(found.element)
            source = Source.E_INVOICE
            fields[name] = Field(name, value, confidence, True, None, None, source, syntax.name, found.text, xpath=path)
    return _doubt(fields, find_open_sums(amounts, values["total"]))


def find_sum_remarks(fields: Mapping[str, Field | None]) -> tuple[str, ...]:
    """Why a person should look where the amounts of an e-invoice do not add up."""
    found = [field for field in fields.values() if field is not None and field.source is Source.E_INVOICE]
    doubted = [
        f"{field.name.replace('_', ' ')} {format_value(field.value)}" for field in found if field.method.endswith(_OPEN)
    ]
    return (f"the e-invoice's sums do not add up: {', '.join(doubted)}",) if doubted else ()


def _read_values(
    texts: Mapping[str, str], amounts: Mapping[str, Decimal | None], currency: str, syntax: Syntax
) -> dict[str, FieldValue | None]:
    values: dict[str, FieldValue | None] = {term: " ".join(texts[term].split()) or None for term in _TEXT_TERMS}
    values |= {term: _pick_name_line(texts[term]) for term in _NAME_TERMS}
    values |= {term: _find_date(texts[term]) for term in _DATE_TERMS}
    values |= {term: amounts[term] for term in _AMOUNT_TERMS}
    values["currency"] = currency or None
    values["iban"] = _find_account(texts["iban"], syntax.country)
    values["debited_iban"] = _find_account(texts["debited_iban"], syntax.country)
    values["seller_vat_id"] = _spell_tax_number(texts["seller_vat_id"], syntax.country)
    total = settle_rounding(amounts, inside=syntax.rounds_inside)
    values["total"] = total
    values["tax_inclusive_total"] = take_off_rounding(amounts, total)
    values["document_type"] = _tell_type(texts["document_type"], total, syntax)
    return values


def _read_currency(invoice: Element, syntax: Syntax) -> str:
    text = find_term(invoice, syntax, "currency").text.upper()
    return text if _CURRENCY.fullmatch(text) else ""


def _find_date(text: str) -> date | None:
    match = _CII_DATE.fullmatch(text) or _ISO_DATE.match(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _find_account(text: str, country: str = "") -> str | None:
    """An IBAN without its spaces; None for an account number of another kind."""
    compact = "".join(text.upper().split())
    if country in _NATIONAL_ACCOUNTS and _NATIONAL_ACCOUNTS[country].fullmatch(compact):
        compact = country + compact
    return compact if _IBAN.fullmatch(compact) else None


def _spell_tax_number(text: str, country: str) -> str | None:
    number = spell_vat_id(text)
    if not number or _NO_VAT_ID.fullmatch(number):
        return None
    return country + number if number.isdigit() else number


def _pick_name_line(text: str) -> str | None:
    """The company's own line of a name: some senders put a whole address label with their numbers into BT-27."""
    lines = [line for line in text.splitlines() if not _load_no_name().search(line)] or text.splitlines()
    return next((line for line in lines if find_legal_form(line)), lines[0] if lines else None)


@cache
def _load_no_name() -> re.Pattern[str]:
    """Lines of an address label that are no name: numbers, and a salutation by itself."""
    return re.compile(rf"\d|^{write_pattern('names', 'salutation_in_xml')}\.?$", re.IGNORECASE)


def _tell_type(code: str, total: FieldValue | None, syntax: Syntax) -> str | None:
    """The kind of document from its code, else from its element; one over less than nothing gives money back."""
    if not code:
        return syntax.type_without_code or None
    gives_back = isinstance(total, Decimal) and total < 0
    return "credit_note" if code in syntax.credit_codes or gives_back else "invoice"


def _doubt(fields: dict[str, Field], names: frozenset[str]) -> dict[str, Field]:
    """Take ``verified`` from the amounts called ``names``."""
    contradicted = load_weights(EInvoiceWeights).contradicted
    return fields | {
        name: replace(fields[name], verified=False, confidence=contradicted, method=f"{fields[name].method}{_OPEN}")
        for name in names & fields.keys()
    }

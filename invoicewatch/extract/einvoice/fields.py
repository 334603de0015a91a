"""Turns the terms of an e-invoice's XML into fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.syntax import CREDIT_NOTE_CODES, Syntax
from invoicewatch.extract.einvoice.xml import find_text
from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.numbers.vat_ids import spell_vat_id
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import EInvoiceWeights
from invoicewatch.records import Field, FieldValue, Source

_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_CII_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")  # format 102 of UN/CEFACT 2379: CCYYMMDD
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")  # an ISO 8601 date; a time or zone may follow
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_CENT = Decimal("0.01")

_TEXT_TERMS = ("invoice_number", "order_number", "payment_reference", "seller_tax_number")
_NAME_TERMS = ("seller_name", "buyer_name")
_AMOUNT_TERMS = ("net_total", "tax_total", "amount_due")
_DATE_TERMS = ("issue_date", "due_date")


def read_fields(invoice: Element, syntax: Syntax) -> dict[str, Field]:
    """The fields of one invoice element, each with the text it came from."""
    currency = _read_currency(invoice, syntax)
    texts = {term: find_text(invoice, syntax, term, currency) for term in syntax.paths}
    values: dict[str, FieldValue | None] = {term: " ".join(texts[term].split()) or None for term in _TEXT_TERMS}
    values |= {term: _pick_name_line(texts[term]) for term in _NAME_TERMS}
    values |= {term: _find_date(texts[term]) for term in _DATE_TERMS}
    values |= {term: _find_amount(texts[term]) for term in _AMOUNT_TERMS}
    values["currency"] = currency or None
    values["iban"] = _find_account(texts["iban"])
    values["seller_vat_id"] = spell_vat_id(texts["seller_vat_id"]) or None
    values["total"] = _add_rounding(_find_amount(texts["total"]), _find_amount(texts["rounding"]))
    values["document_type"] = _tell_type(texts["document_type"], values["total"])
    stated = load_weights(EInvoiceWeights).stated
    fields = {
        name: Field(name, value, stated, True, None, None, Source.E_INVOICE, syntax.name, texts[name])
        for name, value in values.items()
        if value is not None
    }
    return _add_debited_account(_doubt_amounts_that_do_not_close(fields, texts), texts["debited_iban"])


def _read_currency(invoice: Element, syntax: Syntax) -> str:
    text = find_text(invoice, syntax, "currency").upper()
    return text if _CURRENCY.fullmatch(text) else ""


def _find_amount(text: str) -> Decimal | None:
    """A decimal of the XML Schema; money keeps two places at least, as EN 16931 writes it."""
    if not _AMOUNT.fullmatch(text):
        return None
    amount = Decimal(text)
    exact = amount.quantize(_CENT)
    return exact if exact == amount else amount.normalize()


def _find_date(text: str) -> date | None:
    match = _CII_DATE.fullmatch(text) or _ISO_DATE.match(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _find_account(text: str) -> str | None:
    """An IBAN without its spaces; None for an account number of another kind."""
    compact = "".join(text.upper().split())
    return compact if _IBAN.fullmatch(compact) else None


def _pick_name_line(text: str) -> str | None:
    """The company's own line of a name: some senders put a whole address label with their numbers into BT-27."""
    lines = [line for line in text.splitlines() if not _load_no_name().search(line)] or text.splitlines()
    return next((line for line in lines if find_legal_form(line)), lines[0] if lines else None)


@cache
def _load_no_name() -> re.Pattern[str]:
    """Lines of an address label that are no name: numbers, and a salutation by itself."""
    return re.compile(rf"\d|^{write_pattern('names', 'salutation_in_xml')}\.?$", re.IGNORECASE)


def _add_debited_account(fields: dict[str, Field], text: str) -> dict[str, Field]:
    """Where money is collected and no account to pay to is named, show the account it comes from (BT-91), in doubt."""
    account = _find_account(text)
    if "iban" in fields or account is None:
        return fields
    contradicted = load_weights(EInvoiceWeights).contradicted
    doubtful = Field("iban", account, contradicted, False, None, None, Source.E_INVOICE, "account to be debited", text)
    return fields | {"iban": doubtful}


def _add_rounding(total: Decimal | None, rounding: Decimal | None) -> Decimal | None:
    return total + rounding if total is not None and rounding is not None else total


def _tell_type(code: str, total: FieldValue | None) -> str | None:
    """The kind of document from UNTDID 1001; an invoice over less than nothing gives money back."""
    if not code:
        return None
    gives_back = isinstance(total, Decimal) and total < 0
    return "credit_note" if code in CREDIT_NOTE_CODES or gives_back else "invoice"


def _doubt_amounts_that_do_not_close(fields: dict[str, Field], texts: Mapping[str, str]) -> dict[str, Field]:
    """Take ``verified`` from amounts that break EN 16931's rules BR-CO-15 and BR-CO-16."""
    total = _find_amount(texts["total"])
    net, tax, due = (_find_amount(texts[term]) for term in _AMOUNT_TERMS)
    if total is None:
        return fields
    doubted: set[str] = set()
    if net is not None and tax is not None and net + tax != total:  # BR-CO-15
        doubted |= {"net_total", "tax_total", "total"}
    owed = total - (_find_amount(texts["prepaid"]) or 0) + (_find_amount(texts["rounding"]) or 0)
    if due is not None and due != owed:  # BR-CO-16
        doubted.add("amount_due")
    contradicted = load_weights(EInvoiceWeights).contradicted
    return fields | {
        name: replace(fields[name], verified=False, confidence=contradicted, method=f"{fields[name].method}, sum open")
        for name in doubted & fields.keys()
    }

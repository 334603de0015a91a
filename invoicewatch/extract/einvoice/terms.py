"""Finds the text of a term in an e-invoice's XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.sums import parse_amount
from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Join, Sum, Syntax, TermSource, qualify_path

# Longer than any name or number that a person would write; what is longer is not a value.
MAX_VALUE_CHARS = 500


def find_term(invoice: Element, syntax: Syntax, term: str, currency: str = "") -> str:
    """The text of a term, line by line with single spaces; empty where it is missing or absurdly long."""
    found = (_find_text(invoice, source, currency) for source in syntax.paths.get(term, ()))
    return next((text for text in found if text), "")


def _find_text(invoice: Element, source: TermSource, currency: str) -> str:
    if isinstance(source, Attribute):
        values = (value for name, value in invoice.attrib.items() if name.rpartition("}")[2] == source.name)
        return _tidy(next(values, ""))
    if isinstance(source, Join):
        parts = (next(_iterate_texts(invoice, path, currency), "") for path in source.paths)
        return source.between.join(part for part in parts if part)
    if isinstance(source, Sum):
        return _add_amounts(invoice, source, currency)
    return next(_iterate_texts(invoice, source, currency), "")


def _add_amounts(invoice: Element, source: Sum, currency: str) -> str:
    """The sum as text; empty where there is nothing to add, or something that is no amount."""
    texts = [list(_iterate_texts(invoice, path, currency)) for path in source.paths]
    amounts = [parse_amount(text) for found in texts for text in found]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts) or (source.whole and not all(texts)):
        return ""
    return f"{sum(known):f}"


def _iterate_texts(invoice: Element, path: str, currency: str) -> Iterator[str]:
    for element in invoice.findall(qualify_path(path).replace("{currency}", currency)):
        text = _tidy(element.text or "")
        if text:
            yield text


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    tidy = "\n".join(line for line in lines if line)
    return tidy if len(tidy) <= MAX_VALUE_CHARS else ""

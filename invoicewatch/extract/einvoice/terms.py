"""Finds the text of a term in an e-invoice's XML, and the element that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.sums import parse_amount
from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Join, Sum, Syntax, TermSource, qualify_path

# Longer than any name or number that a person would write; what is longer is not a value.
MAX_VALUE_CHARS = 500


@dataclass(frozen=True, slots=True)
class Stated:
    """A term's ``text``, line by line with single spaces, and its element, the first of several; None where none is."""

    text: str = ""
    element: Element | None = None


def find_term(invoice: Element, syntax: Syntax, term: str, currency: str = "") -> Stated:
    """What a term says; an empty text where it is missing or absurdly long."""
    return find_stated(invoice, syntax.paths.get(term, ()), currency)


def find_text(element: Element, sources: Iterable[TermSource], currency: str = "") -> str:
    """The text of the first of ``sources`` that has one, from ``element``; empty as in :func:`find_term`."""
    return find_stated(element, sources, currency).text


def find_stated(element: Element, sources: Iterable[TermSource], currency: str = "") -> Stated:
    """What the first of ``sources`` that has a text says, from ``element``."""
    found = (_find_stated(element, source, currency) for source in sources)
    return next((stated for stated in found if stated.text), Stated())


def _find_stated(invoice: Element, source: TermSource, currency: str) -> Stated:
    if isinstance(source, Attribute):
        holder = invoice.find(qualify_path(source.path))
        attributes = {} if holder is None else holder.attrib
        values = (value for name, value in attributes.items() if name.rpartition("}")[2] == source.name)
        return Stated(_tidy(next(values, "")), holder)
    if isinstance(source, Join):
        parts = [next(_iterate_stated(invoice, path, currency), Stated()) for path in source.paths]
        return _put_together(source.between.join(part.text for part in parts if part.text), parts)
    if isinstance(source, Sum):
        return _add_amounts(invoice, source, currency)
    return next(_iterate_stated(invoice, source, currency), Stated())


def _add_amounts(invoice: Element, source: Sum, currency: str) -> Stated:
    """The sum as text; empty where there is nothing to add, or something that is no amount."""
    found = [list(_iterate_stated(invoice, path, currency)) for path in source.paths]
    stated = [each for path in found for each in path]
    amounts = [parse_amount(each.text) for each in stated]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts) or (source.whole and not all(found)):
        return Stated()
    return _put_together(f"{sum(known):f}", stated)


def _put_together(text: str, parts: list[Stated]) -> Stated:
    return Stated(text, next((part.element for part in parts if part.element is not None), None))


def _iterate_stated(invoice: Element, path: str, currency: str) -> Iterator[Stated]:
    for element in invoice.findall(qualify_path(path).replace("{currency}", currency)):
        text = _tidy(element.text or "")
        if text:
            yield Stated(text, element)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    tidy = "\n".join(line for line in lines if line)
    return tidy if len(tidy) <= MAX_VALUE_CHARS else ""

"""Every syntax that is read, by the name of its element, and the invoices of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.syntaxes.cii import CII
from invoicewatch.extract.einvoice.syntaxes.ebinterface import EBINTERFACE
from invoicewatch.extract.einvoice.syntaxes.facturae import FACTURAE
from invoicewatch.extract.einvoice.syntaxes.fatturapa import FATTURAPA
from invoicewatch.extract.einvoice.syntaxes.ksef import KSEF
from invoicewatch.extract.einvoice.syntaxes.record import Syntax, qualify_path
from invoicewatch.extract.einvoice.syntaxes.ubl import UBL

SYNTAXES: Mapping[str, Syntax] = {**CII, **UBL, **FATTURAPA, **KSEF, **FACTURAE, **EBINTERFACE}


def find_invoice_element(root: Element, number: int = 1) -> tuple[Element, Syntax] | None:
    """The invoice of that number, from 1, in a known syntax: the root, or inside an envelope; None if there is none.

    Of an element that holds several the invoice has what they share and its own part: the very elements of ``root``.
    """
    for element, syntax in _iterate_invoices(root):
        parts = element.findall(qualify_path(syntax.part)) if syntax.part else []
        held = max(1, len(parts))
        if number <= held:
            return (_cut(element, syntax.part.split("/"), parts[number - 1]) if held > 1 else element), syntax
        number -= held
    return None


def count_invoices(root: Element) -> int:
    """How many invoices stand below ``root``: several in an envelope, several parts of one element."""
    return sum(
        max(1, len(element.findall(qualify_path(syntax.part)))) if syntax.part else 1
        for element, syntax in _iterate_invoices(root)
    )


def _iterate_invoices(root: Element) -> Iterator[tuple[Element, Syntax]]:
    for element in root.iter():
        syntax = SYNTAXES.get(element.tag)
        if syntax is not None:
            yield element, syntax


def _cut(element: Element, steps: Sequence[str], part: Element) -> Element:
    """The element with only ``part`` of those that stand at ``steps`` below it."""
    if not steps:
        return element
    cut = Element(element.tag, element.attrib)
    for child in element:
        if child.tag.rpartition("}")[2] != steps[0]:
            cut.append(child)
        elif child is part or (steps[1:] and any(below is part for below in child)):
            cut.append(_cut(child, steps[1:], part))
    return cut

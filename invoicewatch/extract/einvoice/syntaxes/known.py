"""Every syntax that is read, by the name of its element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.syntaxes.cii import CII
from invoicewatch.extract.einvoice.syntaxes.ebinterface import EBINTERFACE
from invoicewatch.extract.einvoice.syntaxes.facturae import FACTURAE
from invoicewatch.extract.einvoice.syntaxes.fatturapa import FATTURAPA
from invoicewatch.extract.einvoice.syntaxes.ksef import KSEF
from invoicewatch.extract.einvoice.syntaxes.record import Syntax, qualify_path
from invoicewatch.extract.einvoice.syntaxes.ubl import UBL

SYNTAXES: Mapping[str, Syntax] = {**CII, **UBL, **FATTURAPA, **KSEF, **FACTURAE, **EBINTERFACE}


def find_invoice_element(root: Element) -> tuple[Element, Syntax] | None:
    """The first element that is an invoice in a known syntax: the root, or inside an envelope; else None."""
    return next(_iterate_invoices(root), None)


def count_invoices(root: Element) -> int:
    """How many invoices stand below ``root``: several in an envelope, several parts of one element."""
    return sum(
        len(element.findall(qualify_path(syntax.part))) if syntax.part else 1
        for element, syntax in _iterate_invoices(root)
    )


def _iterate_invoices(root: Element) -> Iterator[tuple[Element, Syntax]]:
    for element in root.iter():
        syntax = SYNTAXES.get(element.tag)
        if syntax is not None:
            yield element, syntax

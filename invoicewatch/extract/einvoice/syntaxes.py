"""Every syntax that is read, by the name of its element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.cii import CII
from invoicewatch.extract.einvoice.ebinterface import EBINTERFACE
from invoicewatch.extract.einvoice.facturae import FACTURAE
from invoicewatch.extract.einvoice.fatturapa import FATTURAPA
from invoicewatch.extract.einvoice.ksef import KSEF
from invoicewatch.extract.einvoice.syntax import Syntax, qualify_path
from invoicewatch.extract.einvoice.ubl import UBL

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

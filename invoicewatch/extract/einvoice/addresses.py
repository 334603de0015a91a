"""Where the postal addresses of seller and buyer stand (BG-5, BG-8), for those who read the invoice as a page."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.syntaxes.record import Syntax, qualify_path

_SPAIN = ("AddressInSpain", "OverseasAddress")
_PATHS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "UBL": (("AccountingSupplierParty/Party/PostalAddress",), ("AccountingCustomerParty/Party/PostalAddress",)),
    "CII": ((".//SellerTradeParty/PostalTradeAddress",), (".//BuyerTradeParty/PostalTradeAddress",)),
    "FatturaPA": ((".//CedentePrestatore/Sede",), (".//CessionarioCommittente/Sede",)),
    "KSeF": (("Podmiot1/Adres",), ("Podmiot2/Adres",)),
    "Facturae": (
        tuple(f"Parties/SellerParty//{name}" for name in _SPAIN),
        tuple(f"Parties/BuyerParty//{name}" for name in _SPAIN),
    ),
    "ebInterface": (("Biller/Address",), ("InvoiceRecipient/Address",)),
}


def read_addresses(invoice: Element, syntax: Syntax) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of the seller's address and of the buyer's, in the file's order; none where it states none."""
    seller, buyer = _PATHS[syntax.name]
    return _read_lines(invoice, seller), _read_lines(invoice, buyer)


def _read_lines(invoice: Element, paths: tuple[str, ...]) -> tuple[str, ...]:
    found = (invoice.find(qualify_path(path)) for path in paths)
    address = next((element for element in found if element is not None), None)
    texts = () if address is None else (" ".join((element.text or "").split()) for element in address.iter())
    return tuple(dict.fromkeys(text for text in texts if text))

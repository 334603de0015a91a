"""What XML is that is no invoice in a syntax that is read, by its element and its namespace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_UBL_KINDS = {
    "Order": "an order (UBL)",
    "OrderChange": "a change of an order (UBL)",
    "OrderCancellation": "a cancelled order (UBL)",
    "OrderResponse": "an answer to an order (UBL)",
    "OrderResponseSimple": "an answer to an order (UBL)",
    "DespatchAdvice": "a despatch advice (UBL)",
    "ReceiptAdvice": "a receipt advice (UBL)",
    "ApplicationResponse": "an answer about a document (UBL)",
    "Catalogue": "a catalogue (UBL)",
    "Quotation": "a quotation (UBL)",
    "Statement": "a statement of account (UBL)",
    "Reminder": "a reminder (UBL)",
    "DebitNote": "a debit note (UBL)",
    "SelfBilledInvoice": "a self-billed invoice (UBL)",
    "SelfBilledCreditNote": "a self-billed credit note (UBL)",
    "FreightInvoice": "a freight invoice (UBL)",
}
# The first pattern that the tag ({namespace}name) matches counts.
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\{[^}]*\}SCRDMCCBDACIOMessageStructure$", "an order (Order-X)"),
        (r"\{urn:un:unece:uncefact:[^}]*\}CrossIndustryOrder\w*$", "an order (UN/CEFACT)"),
        (r"\{urn:un:unece:uncefact:[^}]*\}CrossIndustryDespatchAdvice$", "a despatch advice (UN/CEFACT)"),
        (r"\{http://isdoc\.cz/namespace/[^}]*\}\w+$", "an ISDOC document"),
        (r"(?:\{[^}]*\})?Finvoice$", "an invoice in Finvoice"),
        (r"\{urn:sfti:documents:[^}]*\}\w+$", "a Svefaktura document"),
        (r"\{urn:iso:std:iso:20022:tech:xsd:pain\.[^}]*\}Document$", "a payment order (ISO 20022 pain)"),
        (r"\{urn:iso:std:iso:20022:tech:xsd:camt\.[^}]*\}Document$", "a bank statement (ISO 20022 camt)"),
        (
            r"\{http://www\.fatturapa\.gov\.it/sdi/fatturapa/[^}]*\}FatturaElettronica$",
            "a FatturaPA before version 1.2",
        ),
        (r"\{http://www\.facturae\.es/Facturae/[^}]*\}Facturae$", "a Facturae before version 3.2"),
        (r"\{http://crd\.gov\.pl/wzor/[^}]*\}Faktura$", "a KSeF document other than FA(2) and FA(3)"),
        (r"\{http://www\.ebinterface\.at/[^}]*\}Invoice$", "an ebInterface invoice of a version that is not known"),
        (
            r"(?:\{[^}]*\})?(?:RicevutaConsegna|NotificaScarto|NotificaEsito|MetadatiInvioFile)$",
            "a notice of SdI, Italy",
        ),
    )
)


def name_xml(root: Element) -> str:
    """What the document is, with its article; empty where that is not known."""
    namespace, _, name = root.tag.rpartition("}")
    if namespace.startswith("{" + _UBL) and name in _UBL_KINDS:
        return _UBL_KINDS[name]
    return next((kind for pattern, kind in _KINDS if pattern.match(root.tag)), "")


def name_variant(root: Element) -> Iterator[str]:
    """A dialect of a syntax that is read, whose terms may mean something else."""
    if (root.findtext("{*}CustomizationID") or "").strip().upper().startswith("OIOUBL"):
        yield "an invoice in OIOUBL, whose TaxExclusiveAmount is the tax"

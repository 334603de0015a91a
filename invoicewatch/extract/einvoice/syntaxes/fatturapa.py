"""FatturaPA, Italy: the ordinary invoice (formats FPA12 and FPR12) and the simplified one (FSM10).

Source: Agenzia delle Entrate, "Specifiche tecniche fatturazione elettronica", the layouts of version 1.2.x and of the
simplified invoice. Of several bodies in a file the first is read. Of the simplified invoice's tax there may be no more
than a rate, so its tax and its net sum are left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Items, Join, Sum, Syntax, TermSource

_NAMESPACES = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture"
_CREDIT_CODES = frozenset({"TD04", "TD08"})  # nota di credito, and the simplified one
_BODY = "FatturaElettronicaBody"
_DOCUMENT = f"{_BODY}[1]/DatiGenerali/DatiGeneraliDocumento"
_SELLER = "FatturaElettronicaHeader/CedentePrestatore"
_BUYER = "FatturaElettronicaHeader/CessionarioCommittente"
_SUMMARY = f"{_BODY}[1]/DatiBeniServizi/DatiRiepilogo"
_PAYMENT = f"{_BODY}[1]/DatiPagamento/DettaglioPagamento"
# Direct debits and bank receipts (RID, RIBA, domiciliazione, SEPA Direct Debit): their account is the buyer's.
_DEBITS = ("MP09", "MP10", "MP11", "MP12", "MP16", "MP19", "MP20", "MP21")
_NO_DEBIT = "".join(f"[ModalitaPagamento!='{code}']" for code in _DEBITS)


def _find_name(party: str) -> tuple[TermSource, ...]:
    return (f"{party}/Denominazione", Join((f"{party}/Nome", f"{party}/Cognome")))


def _find_vat_id(party: str) -> TermSource:
    return Join((f"{party}/IdFiscaleIVA/IdPaese", f"{party}/IdFiscaleIVA/IdCodice"), between="")


_HEADS: Mapping[str, tuple[TermSource, ...]] = {
    "document_type": (f"{_DOCUMENT}/TipoDocumento",),
    "invoice_number": (f"{_DOCUMENT}/Numero",),
    "issue_date": (f"{_DOCUMENT}/Data",),
    "currency": (f"{_DOCUMENT}/Divisa",),
}
_ORDINARY = Syntax(
    name="FatturaPA",
    paths={
        **_HEADS,
        "due_date": (f"{_PAYMENT}/DataScadenzaPagamento",),
        "seller_name": _find_name(f"{_SELLER}/DatiAnagrafici/Anagrafica"),
        "seller_vat_id": (_find_vat_id(f"{_SELLER}/DatiAnagrafici"),),
        "buyer_name": _find_name(f"{_BUYER}/DatiAnagrafici/Anagrafica"),
        "order_number": (f"{_BODY}[1]/DatiGenerali/DatiOrdineAcquisto/IdDocumento",),
        "payment_reference": (f"{_PAYMENT}/CodicePagamento",),
        "iban": (f"{_PAYMENT}{_NO_DEBIT}/IBAN",),
        "debited_iban": tuple(f"{_PAYMENT}[ModalitaPagamento='{code}']/IBAN" for code in _DEBITS),
        "net_total": (Sum((f"{_SUMMARY}/ImponibileImporto",)),),
        "tax_total": (Sum((f"{_SUMMARY}/Imposta",)),),
        "total": (
            f"{_DOCUMENT}/ImportoTotaleDocumento",
            Sum((f"{_SUMMARY}/ImponibileImporto", f"{_SUMMARY}/Imposta"), whole=True),
        ),
        "rounding": (f"{_DOCUMENT}/Arrotondamento",),
        # Withholding tax, and VAT that a public body pays to the state itself (split payment).
        "deducted": (Sum((f"{_DOCUMENT}/DatiRitenuta/ImportoRitenuta", f"{_SUMMARY}[EsigibilitaIVA='S']/Imposta")),),
        # Only a payment in full (TP02) says the amount due; instalments and advances are parts of it.
        "amount_due": (f"{_BODY}[1]/DatiPagamento[CondizioniPagamento='TP02']/DettaglioPagamento/ImportoPagamento",),
    },
    credit_codes=_CREDIT_CODES,
    part=_BODY,
    rounds_inside=True,
    items=Items(
        line=f"{_BODY}[1]/DatiBeniServizi/DettaglioLinee",
        line_terms={
            "description": ("Descrizione",),
            "quantity": ("Quantita",),
            "unit": ("UnitaMisura",),
            "unit_price": ("PrezzoUnitario",),
            "net": ("PrezzoTotale",),
            "rate": ("AliquotaIVA",),
        },
        tax=_SUMMARY,
        tax_terms={
            "category": ("Natura",),
            "rate": ("AliquotaIVA",),
            "base": ("ImponibileImporto",),
            "tax": ("Imposta",),
        },
    ),
)
_SIMPLIFIED = Syntax(
    name="FatturaPA",
    paths={
        **_HEADS,
        "seller_name": _find_name(_SELLER),
        "seller_vat_id": (_find_vat_id(_SELLER),),
        "buyer_name": _find_name(f"{_BUYER}/AltriDatiIdentificativi"),
        "total": (Sum((f"{_BODY}[1]/DatiBeniServizi/Importo",)),),
    },
    credit_codes=_CREDIT_CODES,
    part=_BODY,
    items=Items(
        line=f"{_BODY}[1]/DatiBeniServizi",
        line_terms={"description": ("Descrizione",), "gross": ("Importo",), "rate": ("DatiIVA/Aliquota",)},
    ),
)

FATTURAPA: Mapping[str, Syntax] = {
    f"{{{_NAMESPACES}/v1.2}}FatturaElettronica": _ORDINARY,
    f"{{{_NAMESPACES}/v1.0}}FatturaElettronicaSemplificata": _SIMPLIFIED,
}

"""KSeF, Poland: the structured invoice FA(2) and FA(3).

Source: Ministerstwo Finansow, the logical structures FA(2) and FA(3). A correction (KOR, KOR_ZAL, KOR_ROZ) states the
difference, so the sign of its total tells whether it gives money back. Tax numbers (NIP) and accounts (NRB) stand
without the country's letters. P_14_1W and its like are the tax once more, in zloty.
Each pair of P_13 and P_14 stands for a rate, or for two that were in force one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Items, Sum, Syntax, TaxGroup

_NET = ("1", "2", "3", "4", "5", "6_1", "6_2", "6_3", "7", "8", "9", "10", "11")
_TAX = ("1", "2", "3", "4", "5")

_FA = Syntax(
    name="KSeF",
    paths={
        "document_type": ("Fa/RodzajFaktury",),
        "invoice_number": ("Fa/P_2",),
        "issue_date": ("Fa/P_1",),
        "due_date": ("Fa/Platnosc/TerminPlatnosci/Termin",),
        "currency": ("Fa/KodWaluty",),
        "seller_name": ("Podmiot1/DaneIdentyfikacyjne/Nazwa",),
        "seller_vat_id": ("Podmiot1/DaneIdentyfikacyjne/NIP",),
        "buyer_name": ("Podmiot2/DaneIdentyfikacyjne/Nazwa",),
        "order_number": ("Fa/WarunkiTransakcji/Zamowienia/NrZamowienia",),
        # An invoice sold to a factor is paid to the factor.
        "iban": ("Fa/Platnosc/RachunekBankowyFaktora/NrRB", "Fa/Platnosc/RachunekBankowy/NrRB"),
        "net_total": (Sum(tuple(f"Fa/P_13_{number}" for number in _NET)),),
        "tax_total": (Sum(tuple(f"Fa/P_14_{number}" for number in _TAX)),),
        "total": ("Fa/P_15",),
        "deducted": ("Fa/Rozliczenie/SumaOdliczen",),
        "charged": ("Fa/Rozliczenie/SumaObciazen",),
        "amount_due": ("Fa/Rozliczenie/DoZaplaty",),
    },
    country="PL",
    items=Items(
        line="Fa/FaWiersz",
        line_terms={
            "description": ("P_7",),
            "quantity": ("P_8B",),
            "unit": ("P_8A",),
            "unit_price": ("P_9A", "P_9B"),
            "net": ("P_11",),
            "gross": ("P_11A",),
            "rate": ("P_12",),
        },
        groups=tuple(
            TaxGroup(f"Fa/P_13_{number}", f"Fa/P_14_{number}", rates)
            for number, rates in (("1", ("23", "22")), ("2", ("8", "7")), ("3", ("5",)), ("4", ("4", "3")), ("5", ()))
        )
        + tuple(TaxGroup(f"Fa/P_13_6_{number}", "", ("0",)) for number in ("1", "2", "3"))
        + tuple(TaxGroup(f"Fa/P_13_{number}", "", ()) for number in ("7", "8", "9", "10", "11")),
    ),
)

KSEF: Mapping[str, Syntax] = {
    "{http://crd.gov.pl/wzor/2023/06/29/12648/}Faktura": _FA,
    "{http://crd.gov.pl/wzor/2025/06/25/13775/}Faktura": _FA,
}

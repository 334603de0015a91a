"""E-invoices in UBL 2.0 that leave out what later versions ask for: bare, attached to a page, and in a portfolio."""

from __future__ import annotations

from tests.kinds.file import File
from tests.kinds.pdf import attach, print_pdf

_UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
 xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
 <c:UBLVersionID>2.0</c:UBLVersionID><c:ID>{number}</c:ID><c:IssueDate>{day}</c:IssueDate>
 <c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>
 <a:AccountingSupplierParty><a:Party><a:PartyName><c:Name>{seller}</c:Name></a:PartyName></a:Party>
 </a:AccountingSupplierParty>
 <a:AccountingCustomerParty><a:Party><a:PartyName><c:Name>Kantoor Wolters BV</c:Name></a:PartyName></a:Party>
 </a:AccountingCustomerParty>
 <a:TaxTotal><c:TaxAmount currencyID="EUR">{tax}</c:TaxAmount></a:TaxTotal>
 <a:LegalMonetaryTotal>{sums}</a:LegalMonetaryTotal>
</{root}>
"""
_SLIP = """
Delivery slip
This page goes with the electronic invoice that is attached to it.
"""
_PARTS = {
    "net_total": "TaxExclusiveAmount",
    "total": "TaxInclusiveAmount",
    "prepaid": "PrepaidAmount",
    "rounding": "PayableRoundingAmount",
    "amount_due": "PayableAmount",
}


def write_ubl(fields: dict[str, str], *, left_out: tuple[str, ...] = ()) -> bytes:
    """The XML that states ``fields``, without the sums that are ``left_out``."""
    stated = {name: value for name, value in fields.items() if name not in left_out}
    sums = "".join(
        f'<c:{part} currencyID="EUR">{stated[name]}</c:{part}>' for name, part in _PARTS.items() if name in stated
    )
    text = _UBL.format(
        root="CreditNote" if fields["document_type"] == "credit_note" else "Invoice",
        number=fields["invoice_number"],
        day=fields["issue_date"],
        seller=fields["seller_name"],
        tax=fields["tax_total"],
        sums=sums,
    )
    return text.encode()


def _make(kind: str, number: str, seller: str, **sums: str) -> dict[str, str]:
    stated = {"document_type": kind, "invoice_number": number, "seller_name": seller, "issue_date": "2024-05-06"}
    return {**stated, "currency": "EUR", **sums}


_PLAIN = _make(
    "invoice",
    "V-118",
    "Rietveld Verhuur BV",
    net_total="200.00",
    tax_total="42.00",
    total="242.00",
    amount_due="242.00",
)
_PREPAID = _make(
    "invoice",
    "V-119",
    "Rietveld Verhuur BV",
    net_total="500.00",
    tax_total="105.00",
    total="605.00",
    prepaid="100.00",
    amount_due="505.00",
)
_FIRST = _make(
    "invoice", "K-1", "Hanze Koffie BV", net_total="80.00", tax_total="7.20", total="87.20", amount_due="87.20"
)
_SECOND = _make(
    "invoice", "K-2", "Hanze Koffie BV", net_total="60.00", tax_total="5.40", total="65.40", amount_due="65.40"
)
_DOWN = _make(
    "credit_note",
    "C-31",
    "Duinzicht Zorg BV",
    net_total="312.42",
    tax_total="65.61",
    total="378.00",
    rounding="-0.03",
    amount_due="378.00",
)
_UP = _make(
    "credit_note",
    "C-32",
    "Duinzicht Zorg BV",
    net_total="1436.50",
    tax_total="301.67",
    total="1738.20",
    rounding="0.03",
    prepaid="738.20",
    amount_due="1000.00",
)
_LATER = _make(
    "credit_note",
    "C-33",
    "Duinzicht Zorg BV",
    net_total="99.99",
    tax_total="21.00",
    total="121.00",
    rounding="0.01",
    amount_due="121.00",
)


def _carry(fields: dict[str, str], **options: tuple[str, ...]) -> bytes:
    return attach(print_pdf(_SLIP), {"invoice.xml": write_ubl(fields, **options)})


_TOTAL = ("total",)
UBL = {
    "ubl-without-inclusive": (
        File(write_ubl(_PLAIN, left_out=_TOTAL), (_PLAIN,), printed=False),
        File(_carry(_PREPAID, left_out=_TOTAL), (_PREPAID,), printed=False),
        File(
            attach(
                print_pdf("Portfolio of two invoices"),
                {"one.pdf": _carry(_FIRST, left_out=_TOTAL), "two.pdf": _carry(_SECOND, left_out=_TOTAL)},
                portfolio=True,
            ),
            (_FIRST, _SECOND),
            printed=False,
        ),
    ),
    "ubl-credit-note-rounding": (
        File(write_ubl(_DOWN), (_DOWN,), printed=False),
        File(_carry(_UP), (_UP,), printed=False),
        File(
            attach(
                print_pdf("Portfolio of two credit notes"),
                {"one.pdf": _carry(_LATER), "two.pdf": _carry(_DOWN)},
                portfolio=True,
            ),
            (_LATER, _DOWN),
            printed=False,
        ),
    ),
}

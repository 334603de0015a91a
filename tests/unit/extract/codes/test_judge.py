"""Reasons for a review where an e-invoice and a code differ."""

from decimal import Decimal

from invoicewatch.extract.codes.judge import find_code_reasons
from invoicewatch.extract.codes.known import name_code
from invoicewatch.records import Box, Code, Source


def test_an_e_invoice_that_says_something_else_is_named(epc, make_field):
    code = name_code(Code(epc(), "QRCode", 2, Box(0, 0, 1, 1)))
    stated = make_field("amount_due", Decimal("1520.00"), source=Source.E_INVOICE)
    reasons = find_code_reasons((code,), {"amount_due": stated, "iban": None})
    assert reasons == ("the code on page 2 (EPC069-12) says the amount due is 1250.00, the e-invoice says 1520.00",)


def test_an_e_invoice_that_says_the_same_is_no_reason(epc, make_field):
    code = name_code(Code(epc(), "QRCode", 1, Box(0, 0, 1, 1)))
    stated = make_field("amount_due", Decimal("1250.00"), source=Source.E_INVOICE)
    assert find_code_reasons((code,), {"amount_due": stated}) == ()

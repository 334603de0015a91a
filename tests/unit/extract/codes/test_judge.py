"""Reasons for a review where an e-invoice and a code differ."""

from datetime import date
from decimal import Decimal

from invoicewatch.config import Config
from invoicewatch.extract.codes.judge import find_code_reasons
from invoicewatch.extract.codes.known import name_code
from invoicewatch.records import Asked, Box, Code, Source
from invoicewatch.wiring import build_judge


def test_an_e_invoice_that_says_something_else_is_named(epc, make_field):
    code = name_code(Code(epc(), "QRCode", 2, Box(0, 0, 1, 1)))
    stated = make_field("amount_due", Decimal("1520.00"), source=Source.E_INVOICE)
    reasons = find_code_reasons((code,), {"amount_due": stated, "iban": None})
    assert reasons == ("the code on page 2 (EPC069-12) says the amount due is 1250.00, the e-invoice says 1520.00",)


def test_an_e_invoice_that_says_the_same_is_no_reason(epc, make_field):
    code = name_code(Code(epc(), "QRCode", 1, Box(0, 0, 1, 1)))
    stated = make_field("amount_due", Decimal("1250.00"), source=Source.E_INVOICE)
    assert find_code_reasons((code,), {"amount_due": stated}) == ()


def test_a_field_that_a_code_disputes_is_what_is_asked_about(epc, make_field, settle):
    fields, reasons = settle(epc(), found=[make_field("iban", "DE02500105170137075030", verified=True)])
    code = name_code(Code(epc(), "QRCode", 1, Box(0, 0, 1, 1)))
    (reason,) = reasons
    assert "says the iban is" in reason
    asked = build_judge(Config()).find_asked(fields, reasons, (code,), date(2026, 3, 1))
    assert asked == (Asked("iban", reason),)

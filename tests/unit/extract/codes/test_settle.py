"""What a code's values become beside what the page says."""

from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.extract.chain import merge_fields
from invoicewatch.records import Source

IBAN = "DE02120300000000202051"
OTHER_IBAN = "DE02500105170137075030"
TILL = (
    "V0;till;Kassenbeleg-V1;Beleg^{total}_0.00_0.00_0.00_0.00^{total}:Bar;18;112;2024-07-10T10:41:04.000Z;"
    "2024-07-10T10:41:04.000Z;ecdsa-plain-SHA256;unixTime;MEQCIAy4==;BHhWOeisRpPBTGQ1=="
)


def test_a_code_fills_what_nothing_else_said(settle, epc):
    fields, reasons = settle(epc())
    assert {name: (field.value, field.verified, field.source) for name, field in fields.items()} == {
        "iban": (IBAN, True, Source.CODE),
        "currency": ("EUR", True, Source.CODE),
        "payment_reference": ("RF18539007547034", True, Source.CODE),
        "amount_due": (Decimal("1250.00"), True, Source.CODE),
        "total": (Decimal("1250.00"), False, Source.CODE),  # what is asked for may be less than the total
    }
    assert reasons == ()


def test_the_evidence_of_a_code_is_its_place(settle, epc):
    fields, _ = settle(epc())
    assert (1, 0.1, 0.95) == (fields["iban"].page, fields["iban"].box.x0, fields["iban"].box.y1)


def test_a_code_that_says_the_same_proves_the_page_s_own_value(settle, epc, total):
    fields, reasons = settle(epc(), found=[total("1250.00")])
    assert (True, Source.OCR, 0.6) == (fields["total"].verified, fields["total"].source, fields["total"].box.x0)
    assert fields["amount_due"].verified
    assert reasons == ()


@pytest.mark.parametrize("verified", [True, False])
def test_another_amount_on_the_page_is_an_alarm(settle, epc, total, verified):
    fields, reasons = settle(epc(amount="EUR1520.00"), found=[total("1250.00", verified=verified)])
    assert reasons == ("the code on page 1 (EPC069-12) says the amount due is 1520.00, the document says 1250.00",)
    assert not fields["total"].verified
    assert not fields["amount_due"].verified
    assert (Decimal("1520.00"), Decimal("1250.00")) == (fields["amount_due"].value, fields["total"].value)
    assert fields["total"].confidence <= 0.5


PREPAID = """
Total                                    1,250.00
Already paid                              -250.00
Amount due                               1,000.00
"""


def test_what_was_paid_before_explains_another_amount(settle, epc, total, draw):
    found = [total("1250.00", verified=True)]
    fields, reasons = settle(epc(amount="EUR1000.00"), found=found, readings=[draw(PREPAID)])
    assert (Decimal("1250.00"), True) == (fields["total"].value, fields["total"].verified)
    assert (Decimal("1000.00"), True) == (fields["amount_due"].value, fields["amount_due"].verified)
    assert reasons == ()


def test_the_amount_due_of_the_page_explains_another_total(settle, epc, total, make_field):
    found = [total("1250.00", verified=True), make_field("amount_due", Decimal("1000.00"))]
    fields, reasons = settle(epc(amount="EUR1000.00"), found=found)
    assert (True, Source.OCR) == (fields["amount_due"].verified, fields["amount_due"].source)
    assert reasons == ()


def test_rounding_to_coins_is_no_contradiction(settle, epc, total):
    fields, reasons = settle(epc(amount="EUR99.95"), found=[total("99.97", verified=True)])
    assert fields["total"].verified
    assert reasons == ()


def test_no_total_is_filled_where_something_was_paid_before(settle, epc, draw):
    fields, _ = settle(epc(amount="EUR1000.00"), readings=[draw("Already paid                   -250.00")])
    assert "total" not in fields


def test_what_a_reminder_asks_for_is_no_total(settle, epc, make_field):
    fields, _ = settle(epc(), found=[make_field("document_type", "reminder")])
    assert "total" not in fields
    assert fields["amount_due"].verified


def test_a_sum_on_the_way_gives_way_to_the_printed_amount_that_is_asked_for(settle, epc, total, draw):
    page = draw("Summe                          1.000,00\nBetrag                         1.190,00")
    fields, reasons = settle(epc(amount="EUR1190.00"), found=[total("1000.00")], readings=[page])
    assert (Decimal("1190.00"), False) == (fields["total"].value, fields["total"].verified)
    assert Decimal("1000.00") == fields["total"].alternatives[0].value
    assert reasons == ()


def test_an_account_that_ocr_misread_is_the_code_s(settle, epc, make_field, draw):
    page = draw("IBAN DE02 1203 0000 0000 2020 5l")
    fields, reasons = settle(epc(), found=[make_field("iban", "DE02120300000000202057")], readings=[page])
    assert (IBAN, True, Source.CODE) == (fields["iban"].value, fields["iban"].verified, fields["iban"].source)
    assert reasons == ()


def test_the_code_chooses_among_several_accounts(settle, epc, make_field, draw):
    page = draw(f"Bank A {OTHER_IBAN}  Bank B {IBAN}")
    fields, reasons = settle(epc(), found=[make_field("iban", OTHER_IBAN, verified=True)], readings=[page])
    assert (IBAN, True) == (fields["iban"].value, fields["iban"].verified)
    assert reasons == ()


def test_an_account_that_the_page_does_not_show_is_an_alarm(settle, epc, make_field, draw):
    found = [make_field("iban", OTHER_IBAN)]
    fields, reasons = settle(epc(), found=found, readings=[draw(f"IBAN {OTHER_IBAN}")])
    assert not fields["iban"].verified
    assert reasons == (f"the code on page 1 (EPC069-12) says the iban is {IBAN}, the document says {OTHER_IBAN}",)


def test_a_till_s_total_settles_an_unproved_one_that_the_page_shows_otherwise(settle, total, draw):
    page = draw("Zwischensumme  12,00\nSumme  14,28")
    fields, reasons = settle(TILL.format(total="14.28"), found=[total("12.00")], readings=[page])
    assert (Decimal("14.28"), True) == (fields["total"].value, fields["total"].verified)
    assert reasons == ()


def test_a_till_s_total_that_stands_nowhere_is_an_alarm(settle, total):
    fields, reasons = settle(TILL.format(total="14.28"), found=[total("12.00")])
    assert not fields["total"].verified
    assert len(reasons) == 1


def test_a_proved_day_that_differs_is_an_alarm_and_an_unproved_one_gives_way(settle, make_field):
    code = TILL.format(total="14.28")
    _, reasons = settle(code, found=[make_field("issue_date", date(2024, 7, 1), verified=True)])
    fields, silent = settle(code, found=[make_field("issue_date", date(2024, 7, 1))])
    assert (1, ()) == (len(reasons), silent)
    assert (date(2024, 7, 10), True) == (fields["issue_date"].value, fields["issue_date"].verified)


def test_codes_that_state_different_amounts_prove_nothing(settle, epc):
    fields, reasons = settle(epc(amount="EUR400.00"), epc(amount="EUR380.00"))
    assert not fields["amount_due"].verified
    assert "total" not in fields
    assert "380.00" in reasons[0]


def test_of_several_codes_the_one_that_the_page_agrees_with_counts(settle, epc, total, make_field):
    found = [total("400.00"), make_field("amount_due", Decimal("400.00"))]
    fields, reasons = settle(epc(amount="EUR380.00"), epc(amount="EUR400.00"), found=found)
    assert (Decimal("400.00"), True) == (fields["amount_due"].value, fields["amount_due"].verified)
    assert reasons == ()


def test_amounts_in_another_currency_are_not_compared(settle, epc, total, make_field):
    found = [total("1300.00", verified=True), make_field("currency", "USD", verified=True)]
    fields, reasons = settle(epc(), found=found)
    assert fields["total"].verified
    assert "amount_due" not in fields
    assert len(reasons) == 1
    assert "currency" in reasons[0]


def test_a_broken_payment_code_is_a_reason_and_a_broken_till_s_code_none(settle, epc):
    fields, reasons = settle(epc(iban="DE02120300000000202015"), TILL.format(total="x"))
    assert fields == {}
    assert reasons == ("the code on page 1 (EPC069-12) gives nothing: the check digits of its IBAN do not hold",)


def test_an_e_invoice_is_never_overridden_and_a_difference_is_told(settle, epc, total):
    stated = total("1250.00", source=Source.E_INVOICE, verified=True)
    fields, _ = settle(TILL.format(total="14.28"), found=[stated])
    merged = merge_fields({"total": stated}, fields)["total"]
    assert merged is not None
    assert (Decimal("1250.00"), True) == (merged.value, merged.verified)
    assert Decimal("14.28") in [other.value for other in merged.alternatives]


def test_a_voucher_s_code_changes_nothing(settle, total):
    found = total("1250.00")
    fields, reasons = settle("https://shop.example/thanks?amount=10.00", found=[found])
    assert ({"total": found}, ()) == (fields, reasons)

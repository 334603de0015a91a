from datetime import date
from decimal import Decimal

import pytest

UBL = """<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:c="urn:cbc" xmlns:a="urn:cac">
 <c:UBLVersionID>2.0</c:UBLVersionID><c:ID>5</c:ID><c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>
 <a:PaymentMeans><c:PaymentDueDate>2026-03-16</c:PaymentDueDate></a:PaymentMeans>
 <a:TaxTotal><c:TaxAmount currencyID="EUR">{tax}</c:TaxAmount></a:TaxTotal>
 <a:LegalMonetaryTotal>{amounts}</a:LegalMonetaryTotal></{root}>"""


def ubl(root="Invoice", tax="20.00", **amounts):
    listed = "".join(f'<c:{name} currencyID="EUR">{amount}</c:{name}>' for name, amount in amounts.items())
    return UBL.format(root=root, tax=tax, amounts=listed)


@pytest.mark.parametrize(("root", "kind"), [("Invoice", "invoice"), ("CreditNote", "credit_note")])
def test_without_a_code_the_element_names_the_document(find_values, root, kind):
    assert kind == find_values(ubl(root, PayableAmount="120.00"))["document_type"]


def test_the_due_date_may_stand_with_the_means_of_payment(find_values):
    assert date(2026, 3, 16) == find_values(ubl(PayableAmount="120.00"))["due_date"]


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        ({"TaxExclusiveAmount": "100.00", "PayableAmount": "120.00"}, "120.00"),
        ({"TaxExclusiveAmount": "100.00", "PrepaidAmount": "50.00", "PayableAmount": "70.00"}, "120.00"),
        ({"TaxExclusiveAmount": "99.98", "PayableRoundingAmount": "0.02", "PayableAmount": "120.00"}, "120.00"),
        ({"PrepaidAmount": "50.00", "PayableAmount": "70.00"}, "120.00"),
        ({"PayableRoundingAmount": "0.02", "PayableAmount": "120.00"}, "120.00"),
    ],
    ids=["net and tax", "prepaid", "rounded", "only due and prepaid", "only due, rounded"],
)
def test_a_total_that_is_left_out_follows_from_the_others(find_fields, amounts, total):
    fields = find_fields(ubl(**amounts))
    assert (Decimal(total), True) == (fields["total"].value, fields["total"].verified)
    assert fields["amount_due"].verified


def test_a_rounding_that_the_total_holds_is_not_added_again(find_fields):
    amounts = {"TaxExclusiveAmount": "100.00", "TaxInclusiveAmount": "120.05", "PayableRoundingAmount": "0.05"}
    fields = find_fields(ubl(**amounts, PrepaidAmount="20.05", PayableAmount="100.00"))
    assert Decimal("120.05") == fields["total"].value
    assert fields["total"].verified
    assert fields["amount_due"].verified


def test_a_sum_of_something_that_is_no_amount_is_none(find_values):
    values = find_values(ubl(tax="much", TaxExclusiveAmount="100.00", PayableAmount="120.00"))
    assert Decimal("120.00") == values["total"]
    assert "tax_total" not in values

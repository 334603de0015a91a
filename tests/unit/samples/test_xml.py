from decimal import Decimal

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.samples.files.cii import write_cii
from invoicewatch.samples.files.ubl import write_ubl
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind

CASES = st.tuples(st.integers(0, 10**6), st.sampled_from([Kind.INVOICE, Kind.CREDIT_NOTE]))


def texts(xml, name):
    return [element.text for element in ElementTree.fromstring(xml).iter() if element.tag.rpartition("}")[2] == name]


def amounts(xml, name):
    return [Decimal(text) for text in texts(xml, name)]


@settings(deadline=None)
@given(CASES)
def test_cii_says_what_the_document_says(case):
    spec = make_spec(*case).stated
    xml = write_cii(spec)
    assert texts(xml, "GrandTotalAmount") == [str(spec.gross_total)]
    assert texts(xml, "TaxBasisTotalAmount") == [str(spec.net_total)]
    assert texts(xml, "TaxTotalAmount") == [str(spec.tax_total)]
    assert texts(xml, "DuePayableAmount") == [str(spec.amount_due)]
    assert texts(xml, "InvoiceCurrencyCode") == [spec.currency]
    assert spec.issue_date.strftime("%Y%m%d") in texts(xml, "DateTimeString")


@settings(deadline=None)
@given(CASES)
def test_cii_sums_close_as_en_16931_asks(case):
    xml = write_cii(make_spec(*case))
    *lines, items_total = amounts(xml, "LineTotalAmount")
    assert items_total == sum(lines)
    allowances = sum(amounts(xml, "AllowanceTotalAmount"))
    assert amounts(xml, "TaxBasisTotalAmount") == [items_total - allowances]
    assert sum(amounts(xml, "BasisAmount")) == items_total - allowances
    assert sum(amounts(xml, "CalculatedAmount")) == sum(amounts(xml, "TaxTotalAmount"))


@settings(deadline=None)
@given(CASES)
def test_ubl_says_what_the_document_says(case):
    spec = make_spec(*case).stated
    xml = write_ubl(spec)
    assert texts(xml, "TaxInclusiveAmount") == [str(spec.gross_total)]
    assert texts(xml, "TaxExclusiveAmount") == [str(spec.net_total)]
    assert texts(xml, "PayableAmount") == [str(spec.amount_due)]
    assert texts(xml, "IssueDate") == [spec.issue_date.isoformat()]
    assert spec.number in texts(xml, "ID")


@pytest.mark.parametrize(("sign", "root"), [(1, "CreditNote"), (-1, "Invoice")])
def test_a_ubl_credit_note_with_negative_amounts_is_a_corrected_invoice(sign, root):
    spec = next(spec for seed in range(200) if (spec := make_spec(seed, Kind.CREDIT_NOTE)).stated.sign == sign)
    assert ElementTree.fromstring(write_ubl(spec)).tag.endswith("}" + root)

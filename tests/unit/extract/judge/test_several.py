import pytest

from invoicewatch.extract.judge.several import find_several_invoices
from invoicewatch.records import Source


@pytest.fixture
def flag(draw):
    def flag(*pictures, **options):
        return find_several_invoices([draw(picture, page=n, **options) for n, picture in enumerate(pictures, start=1)])

    return flag


def test_two_heads_with_different_numbers_are_several_invoices(flag):
    assert flag("INVOICE\nInvoice No: A-12", "INVOICE\nInvoice No: A-13") == (
        "the file seems to hold several invoices: A-12 on page 1, A-13 on page 2",
    )


def test_pages_that_repeat_the_number_are_one_invoice(flag):
    assert flag("INVOICE\nInvoice No: A-12", "INVOICE page 2\nInvoice No: A-12", "Terms of payment") == ()


def test_a_number_named_far_down_a_page_begins_no_invoice(flag):
    passing = "INVOICE\nInvoice No: A-12" + "\n" * 28 + "replaces\nInvoice No: A-11"
    assert flag(passing, passing) == ()


def test_one_unclear_letter_is_a_misreading_and_no_second_invoice(flag):
    assert flag("INVOICE\nInvoice No: A-12", "INVOICE\nInvoice No: A-1Z", source=Source.OCR, confidence=60.0) == ()


def test_no_pages_hold_no_invoices(flag):
    assert flag() == ()

"""Which pages of a stack make which document."""

from invoicewatch.pipeline import ReadPage
from invoicewatch.reading.stack import split_portfolio, split_stack
from invoicewatch.records import Enclosed, Part
from tests.unit.reading.doubles import CLEAR, make_page, make_reading


def read_page(number, text, *, blank=False):
    return ReadPage(make_reading(number, text, "plain 1"), make_page().size, blank=blank)


STACK = (read_page(1, CLEAR), read_page(2, "", blank=True), read_page(3, CLEAR))


def test_a_blank_sheet_lies_between_two_documents():
    assert (Part(1, 2, (1,)), Part(2, 2, (3,))) == split_stack(STACK, {})


def test_a_separator_sheet_is_told_by_its_words():
    read = (read_page(1, CLEAR), read_page(2, "PATCH T"), read_page(3, CLEAR))

    assert (Part(1, 2, (1,)), Part(2, 2, (3,))) == split_stack(read, {})


def test_the_xml_of_an_e_invoice_speaks_for_the_whole_file():
    assert () == split_stack(STACK, {"factur-x.xml": b"<?xml version='1.0'?><x/>"})


def test_another_attachment_does_not():
    assert 2 == len(split_stack(STACK, {"terms.txt": b"30 days"}))


def test_the_documents_of_a_portfolio_are_its_parts_and_a_mere_cover_is_none():
    read = (read_page(1, CLEAR), read_page(2, CLEAR), read_page(3, CLEAR), read_page(4, CLEAR))
    enclosed = (Enclosed("one.pdf", (2, 3), {}), Enclosed("two.pdf", (4,), {}))

    assert (Part(1, 2, (2, 3)), Part(2, 2, (4,))) == split_portfolio(read, enclosed)


def test_a_cover_that_names_sums_is_a_document_too():
    read = (read_page(1, "Total 12.50"), read_page(2, CLEAR), read_page(3, CLEAR))
    enclosed = (Enclosed("one.pdf", (2,), {}), Enclosed("two.pdf", (3,), {}))

    assert [(1,), (2,), (3,)] == [part.pages for part in split_portfolio(read, enclosed)]

"""The documents of a PDF portfolio are read behind its cover, and nothing of it goes unnamed."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest

from invoicewatch.records import TakenFor

COLLECTION = b"/Collection << /View /D >>"


@pytest.fixture
def bind(make_pdf):
    """A PDF with these files in it; a portfolio unless told otherwise."""

    def bind_(files, *, portfolio=True):
        pdf = pdfium.PdfDocument(make_pdf(("This is the cover of a portfolio",)))
        for name, content in files.items():
            pdf.new_attachment(name).set_data(content)
        buffer = BytesIO()
        pdf.save(buffer)
        pdf.close()
        content = buffer.getvalue()
        return content.replace(b"/Type/Catalog", b"/Type/Catalog" + COLLECTION) if portfolio else content

    return bind_


@pytest.fixture
def two(make_pdf):
    return {"one.pdf": make_pdf(("Invoice one",), ("more of one",)), "two.pdf": make_pdf(("Invoice two",))}


def read_texts(source):
    return [source.read_text_layer(number).text for number in range(1, len(source.sizes) + 1)]


def test_the_pages_of_the_documents_follow_those_of_the_cover(open_bytes, bind, two):
    source = open_bytes(bind(two))

    assert ["This is the cover of a portfolio", "Invoice one", "more of one", "Invoice two"] == read_texts(source)
    assert [1, 2, 3, 4] == [source.read_text_layer(number).page for number in range(1, 5)]
    assert 4 == source.load(4).number
    assert () == source.find_odd_words(4)
    assert source.notes == (
        "pages 2 to 3 are those of the embedded one.pdf",
        "page 4 is that of the embedded two.pdf",
    )
    assert {"one.pdf": TakenFor.PAGES, "two.pdf": TakenFor.PAGES} == {a.name: a.taken_for for a in source.attached}
    assert {} == dict(source.attachments)
    source.close()


def test_each_document_knows_its_pages_and_its_own_files(open_bytes, bind, make_pdf):
    inner = bind({"factur-x.xml": b"<?xml version='1.0'?><Invoice/>"}, portfolio=False)
    source = open_bytes(bind({"bill.pdf": inner, "two.pdf": make_pdf(("Invoice two",), ("more",))}))

    assert [("bill.pdf", (2,)), ("two.pdf", (3, 4))] == [(each.name, each.pages) for each in source.enclosed]
    assert [{"bill.pdf/factur-x.xml"}, set()] == [set(each.attachments) for each in source.enclosed]


def test_an_only_document_is_no_part_and_none_has_pages_beyond_the_limit(open_bytes, bind, two):
    assert () == open_bytes(bind({"two.pdf": two["two.pdf"]})).enclosed
    assert [(2, 3)] == [each.pages for each in open_bytes(bind(two), max_pages=3).enclosed]


def test_embedded_documents_of_any_other_pdf_are_named_and_not_read(open_bytes, bind, two):
    source = open_bytes(bind(two, portfolio=False))

    assert 1 == len(source.sizes)
    assert {TakenFor.NOTHING} == {attachment.taken_for for attachment in source.attached}
    assert set(two) == set(source.attachments)


def test_a_document_that_cannot_be_opened_costs_no_other(open_bytes, bind, two):
    source = open_bytes(bind({"broken.pdf": b"%PDF-1.7\n no objects", "two.pdf": two["two.pdf"]}))

    assert ["This is the cover of a portfolio", "Invoice two"] == read_texts(source)
    assert any("broken.pdf was not read" in note for note in source.notes)
    assert {"broken.pdf": TakenFor.NOTHING, "two.pdf": TakenFor.PAGES} == {a.name: a.taken_for for a in source.attached}


def test_the_xml_of_an_only_document_speaks_for_the_file(open_bytes, bind, two):
    inner = bind({"factur-x.xml": b"<?xml version='1.0'?><Invoice/>"}, portfolio=False)

    assert {"bill.pdf/factur-x.xml"} == set(open_bytes(bind({"bill.pdf": inner})).attachments)
    several = open_bytes(bind({"bill.pdf": inner, "two.pdf": two["two.pdf"]}))
    assert set() == set(several.attachments)
    assert "bill.pdf/factur-x.xml" in {attachment.name for attachment in several.attached}


def test_the_limit_on_pages_holds_for_all_documents_together(open_bytes, bind, two):
    source = open_bytes(bind(two), max_pages=3)

    assert 3 == len(source.sizes)
    assert "page 4 left out: max_pages is 3" in source.notes

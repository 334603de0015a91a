"""What the record says of the files inside a document."""

from invoicewatch.pipeline.attached import describe_attached, find_several_documents, mark_einvoice
from invoicewatch.records import Attachment, TakenFor

XML = Attachment("factur-x.xml", "application/xml", 1200)
SHEET = Attachment("hours.pdf", "application/pdf", 34)
ONE, TWO = (Attachment(name, "application/pdf", 9, TakenFor.PAGES) for name in ("one.pdf", "two.pdf"))


def test_the_file_whose_fields_were_taken_is_marked():
    assert [TakenFor.E_INVOICE, TakenFor.NOTHING] == [a.taken_for for a in mark_einvoice([XML, SHEET], XML.name)]
    assert (XML, SHEET) == mark_einvoice([XML, SHEET], None)


def test_one_note_names_every_file_and_what_became_of_it():
    note = "attached: factur-x.xml (1,200 bytes), read as the e-invoice; hours.pdf (34 bytes), not read"
    assert (note,) == describe_attached(mark_einvoice([XML, SHEET], XML.name))
    assert () == describe_attached([])


def test_several_documents_in_a_file_are_for_a_person():
    assert ("the file holds several documents: one.pdf, two.pdf",) == find_several_documents([XML, ONE, TWO])
    assert () == find_several_documents([XML, SHEET, ONE])

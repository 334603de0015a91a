"""Every file inside a PDF is named, and its content read, wherever it hangs."""

import zlib
from io import BytesIO

import pypdfium2 as pdfium
import pytest

from invoicewatch.pages.formats import attachments
from invoicewatch.pages.formats.attachments import EmbeddedFile, name_apart
from invoicewatch.pages.formats.structure import unpack_dictionaries
from invoicewatch.records import Attachment
from tests.unit.pages.conftest import make_stream

XML = "<?xml version='1.0'?><Invoice/>"
SPEC = "<< /Type /Filespec /F (bill.xml) /UF (bill.xml) /EF << /F 7 0 R >> >>"
STREAM = make_stream(XML, "/Type /EmbeddedFile /Subtype /text#2Fxml")
PLACES = {
    "name tree": {"catalog": "/Names << /EmbeddedFiles << /Names [(bill.xml) 6 0 R] >> >>"},
    "associated with the document": {"catalog": "/AF [6 0 R]"},
    "associated in an array of its own": {"catalog": "/AF 8 0 R"},
    "associated with the page": {"page": "/AF [6 0 R]"},
    "pinned to the page": {"page": "/Annots [9 0 R]"},
    "in all of them": {
        "catalog": "/Names << /EmbeddedFiles << /Names [(bill.xml) 6 0 R] >> >> /AF [6 0 R]",
        "page": "/AF [6 0 R] /Annots [9 0 R]",
    },
}
PIN = "<< /Type /Annot /Subtype /FileAttachment /Rect [20 20 40 40] /FS 6 0 R >>"


@pytest.fixture
def attach(make_pdf):
    """A PDF with these files in its name tree."""

    def attach_(*files):
        pdf = pdfium.PdfDocument(make_pdf())
        for name, content in files:
            attachment = pdf.new_attachment(name)
            if content:
                attachment.set_data(content)
        buffer = BytesIO()
        pdf.save(buffer)
        pdf.close()
        return buffer.getvalue()

    return attach_


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("junk", ["", "mail header\n"], ids=["clean", "junk before the header"])
def test_a_file_is_found_wherever_it_hangs(open_bytes, make_objects_pdf, place, junk):
    content = make_objects_pdf("", SPEC, STREAM, "[6 0 R]", PIN, **PLACES[place])
    source = open_bytes(junk.encode() + content)

    assert {"bill.xml": XML.encode()} == dict(source.attachments)
    assert (Attachment("bill.xml", "application/xml", len(XML)),) == source.attached


def test_a_pinned_file_is_found_after_its_page_was_read(open_bytes, make_objects_pdf):
    source = open_bytes(make_objects_pdf("", SPEC, STREAM, "[]", PIN, page="/Annots [9 0 R]"))
    source.read_text_layer(1)
    source.load(1)

    assert ["bill.xml"] == list(source.attachments)


def test_files_that_are_not_read_are_named_all_the_same(open_bytes, attach, monkeypatch):
    monkeypatch.setattr(attachments, "MAX_FILE_BYTES", 100)
    source = open_bytes(attach(("large.xml", b"<a>" * 50), ("empty.txt", b""), ("small.txt", b"text")))

    assert {"small.txt": b"text"} == dict(source.attachments)
    assert {("large.xml", 150), ("empty.txt", 0), ("small.txt", 4)} == {
        (each.name, each.size_bytes) for each in source.attached
    }
    assert {"application/octet-stream"} == {each.media_type for each in source.attached}


def test_other_files_of_the_same_name_get_a_number():
    files = [EmbeddedFile("a.xml", 1, b"1"), EmbeddedFile("a.xml", 1, b"2"), EmbeddedFile("a.xml", 1, b"1")]
    assert {"a.xml": b"1", "a (2).xml": b"2"} == {name: file.content for name, file in name_apart(files).items()}


def test_all_files_together_are_bounded(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_ALL_BYTES", 3)
    files = [EmbeddedFile("a", 2, b"aa"), EmbeddedFile("b", 2, b"bb")]
    assert {"a": (2, b"aa"), "b": (2, b"")} == {
        name: (file.size_bytes, file.content) for name, file in name_apart(files).items()
    }


def test_packed_objects_are_unpacked_behind_their_numbers():
    packed = zlib.compress(b"8 0 10 8 [5 0 R] << /AF 8 0 R >>")
    head = b"<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)

    unpacked = unpack_dictionaries(b"1 0 obj " + head + packed)
    assert b"8 0 obj [5 0 R]" in unpacked
    assert b"10 0 obj << /AF 8 0 R >>" in unpacked


def test_damaged_and_endless_packed_objects_are_left_out(monkeypatch):
    head = b"1 0 obj << /Type /ObjStm /First 0 >>\nstream\n"
    assert head + b"no deflate" == unpack_dictionaries(head + b"no deflate")
    bomb = head + zlib.compress(b"0" * 30_000_000)
    assert len(unpack_dictionaries(bomb)) <= 20_000_000 + len(bomb) + 1

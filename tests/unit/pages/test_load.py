import pytest

from invoicewatch.errors import DocumentError
from invoicewatch.records import SignatureState
from tests.unit.pages.formats.signing import sign


def code_of(open_bytes, content, **settings):
    with pytest.raises(DocumentError) as caught:
        open_bytes(content, **settings)
    return caught.value.code


def test_an_empty_file_is_refused(open_bytes):
    assert code_of(open_bytes, b"") == "empty"


def test_a_file_over_the_limit_is_refused(open_bytes, picture, encode):
    assert code_of(open_bytes, encode(picture, "BMP"), max_bytes=1000) == "too_large"


@pytest.mark.parametrize("content", [b"just some words", b"PK\x03\x04 office", b"<html>", b"GIF89a"])
def test_what_is_no_document_is_refused(open_bytes, content):
    assert code_of(open_bytes, content) == "unsupported"


def test_the_message_names_the_file_and_the_remedy_says_what_to_do(open_bytes):
    with pytest.raises(DocumentError, match=r"letter\.docx is a ZIP archive") as caught:
        open_bytes(b"PK\x03\x04", name="letter.docx")
    assert "PDF" in caught.value.remedy


def test_a_wrong_ending_does_not_matter(open_bytes, picture, encode):
    source = open_bytes(encode(picture, "PNG"), name="scan.pdf")
    assert source.load(1).image.shape == (200, 300)


def test_bare_xml_has_no_pages_and_itself_attached(open_bytes):
    content = b"<?xml version='1.0'?><Invoice/>"
    source = open_bytes(content, name="bill.xml")
    assert source.sizes == ()
    assert dict(source.attachments) == {"bill.xml": content}
    with pytest.raises(DocumentError, match="no page 1"):
        source.load(1)
    with pytest.raises(DocumentError, match="no page 1"):
        source.read_text_layer(1)
    source.close()


def test_what_a_signed_container_holds_is_opened_with_its_signature(open_bytes, picture, encode):
    xml = open_bytes(sign(b"<?xml version='1.0'?><Invoice/>"), name="bill.xml.p7m")
    scan = open_bytes(sign(encode(picture, "PNG")), name="scan.png.P7M")
    assert list(xml.attachments) == ["bill.xml"]
    assert scan.load(1).image.shape == (200, 300)
    assert {source.signature.state for source in (xml, scan)} == {SignatureState.INTACT}


def test_a_signed_container_is_bound_by_the_limits_and_holds_only_documents(open_bytes):
    assert code_of(open_bytes, sign(b"<a/>" * 500), max_bytes=1000) == "too_large"
    assert code_of(open_bytes, sign(b"just some words")) == "unsupported"


def test_a_document_in_no_container_has_no_signature(open_bytes):
    assert open_bytes(b"<a/>").signature is None

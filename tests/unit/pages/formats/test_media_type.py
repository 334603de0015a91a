import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.pages.load import detect_media_type


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
    ],
)
def test_images_are_told_by_their_content(picture, encode, kind, expected):
    assert expected == detect_media_type(encode(picture, kind))


def test_heic_is_told_by_its_brand(picture, encode):
    from pillow_heif import register_heif_opener

    register_heif_opener()
    assert detect_media_type(encode(picture, "HEIF")) == "image/heic"


def test_a_pdf_may_begin_with_junk(make_pdf):
    assert detect_media_type(b"\r\nHTTP junk\r\n" + make_pdf()) == "application/pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_xml_is_told_in_every_encoding(encoding):
    text = '<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:x"/>'
    assert detect_media_type(text.encode(encoding)) == "application/xml"


def test_xml_may_do_without_a_declaration():
    assert detect_media_type(b"\n <!-- by hand --><Invoice/>") == "application/xml"


@pytest.mark.parametrize(
    "content",
    [
        b"\n\xef\xbb\xbf\xef\xbb\xbf<?xml version='1.0'?><Faktura/>",
        b"\0<Facturae/>",
        "<?xml version='1.0' encoding='utf-16'?><Invoice/>".encode("utf-16-le"),
        "<Invoice/>".encode("utf-16-be"),
        b"<p:FatturaElettronica xmlns:p='urn:x'/>",
    ],
)
def test_xml_is_told_by_whatever_stands_before_it(content):
    assert detect_media_type(content) == "application/xml"


def test_a_web_page_is_not_xml():
    assert detect_media_type(b"<!DOCTYPE html><html></html>") == "text/html"


def test_office_documents_are_archives():
    assert detect_media_type(b"PK\x03\x04....") == "application/zip"


@given(st.binary(max_size=64))
def test_any_bytes_have_a_type(content):
    assert "/" in detect_media_type(content)

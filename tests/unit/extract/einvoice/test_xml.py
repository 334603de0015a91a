import pytest

from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice.xml import iterate_xml, parse_xml

LIMIT = 10_000
MARK = b"\xef\xbb\xbf"
PLAIN = '<?xml version="1.0" encoding="UTF-8"?><a>Größe</a>'


@pytest.mark.parametrize(
    "content",
    [
        b"\r\n " + PLAIN.encode(),
        b"\0" + PLAIN.encode() + b"\0",
        MARK + MARK + PLAIN.encode(),
        b"\n" + MARK + PLAIN.encode() + b"\0\0\n",
        MARK + PLAIN.replace("UTF-8", "ISO-8859-1").encode(),
        PLAIN.replace("UTF-8", "windows-1252").encode("cp1252"),
        PLAIN.replace("UTF-8", "ISO-8859-15").encode("iso-8859-15"),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16"),
        ("\ufeff\ufeff" + PLAIN.replace("UTF-8", "UTF-16") + "\0\r\n").encode("utf-16-be"),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16-le"),
        PLAIN.replace("UTF-8", "utf-16").encode(),
    ],
    ids=[
        "blank",
        "NUL",
        "marks",
        "mark and NULs",
        "mark",
        "1252",
        "8859-15",
        "16",
        "16 BE",
        "16 without mark",
        "16 that is 8",
    ],
)
def test_what_stands_round_the_xml_and_its_encoding_do_no_harm(content):
    assert parse_xml(content, LIMIT).text == "Größe"
    assert [name for name, _ in iterate_xml({"no-ending": content})] == ["no-ending"]


@pytest.mark.parametrize(
    ("content", "is_xml"),
    [
        (b"<p:Faktura versione='1' xmlns:p='urn:x'/>", True),
        (b"<Faktura/>", False),
        (b"<html><body xmlns='urn:x'/></html>", False),
        (b"a < b", False),
    ],
)
def test_without_an_ending_a_declaration_or_a_namespace_tells_xml(content, is_xml):
    assert is_xml == any(iterate_xml({"no-ending": content}))
    assert any(iterate_xml({"a.XML": content}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_in_every_encoding(encoding):
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;</r>'
    with pytest.raises(DocumentError) as caught:
        parse_xml(bomb.encode(encoding), LIMIT)
    assert caught.value.code == "hostile_xml"


def test_the_limit_counts_what_is_trimmed_away_too():
    with pytest.raises(DocumentError) as caught:
        parse_xml(b"<a/>" + b"\0" * LIMIT, LIMIT)
    assert caught.value.code == "too_large"


def test_nul_inside_is_an_error():
    with pytest.raises(DocumentError) as caught:
        parse_xml(b"<a>\0</a>", LIMIT)
    assert caught.value.code == "damaged"

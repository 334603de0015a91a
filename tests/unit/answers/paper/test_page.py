import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from invoicewatch.answers.paper.gather import Gathered
from invoicewatch.answers.paper.page import write_record_page
from invoicewatch.answers.paper.source import list_anchors, make_source
from invoicewatch.extract.einvoice.xml import parse_xml
from invoicewatch.records import Box, Field, Invoice, InvoiceLine, Itemised, Source, Status, TaxByRate
from invoicewatch.store.records.query import StoredInvoice

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style>\u202e\x1b[2J"
XML = "<Invoice><ID>R-17</ID><Total>119.00</Total><Note lang='de'>one</Note><Note>two</Note></Invoice>"


class Tags(HTMLParser):
    """The tags of a page, and what of it is no well-formed nesting."""

    VOID = frozenset({"meta"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def field(name, value, **changes):
    usual: dict[str, Any] = {
        "confidence": 0.97,
        "verified": True,
        "page": 1,
        "box": Box(0.1, 0.2, 0.3, 0.25),
        "source": Source.OCR,
    }
    return Field(name, value, **usual | {"method": "label", "text": str(value)} | changes)


def gather(*fields, lines=(), taxes=(), xml=None, address=(), **changes):
    invoice = Invoice(
        "/in/a.pdf", "ab" * 32, "application/pdf", Status.ACCEPTED, fields={f.name: f for f in fields}, **changes
    )
    stored = StoredInvoice(7, invoice, (), 1, NOW, NOW, "", "")
    root = None if xml is None else parse_xml(xml.encode(), 10**6)
    return Gathered(stored, Itemised(lines, taxes), address, address, root)


def xml_field(name, value, xpath):
    return field(name, value, page=None, box=None, source=Source.E_INVOICE, xpath=xpath)


EINVOICE = gather(
    field("document_type", "invoice"),
    xml_field("invoice_number", "R-17", "/*:Invoice/*:ID"),
    xml_field("total", Decimal("119.00"), "/*:Invoice/*:Total"),
    lines=(
        InvoiceLine(
            "Paper",
            Decimal(2),
            "C62",
            Decimal("50.00"),
            Decimal("100.00"),
            None,
            Decimal(19),
            Source.E_INVOICE,
            verified=True,
        ),
    ),
    taxes=(TaxByRate("S", Decimal(19), Decimal("100.00"), Decimal("19.00"), Source.E_INVOICE, verified=True),),
    address=("Kai 3", "Husum"),
    xml=XML,
)


def test_an_e_invoice_is_shown_in_the_terms_of_en_16931():
    page = write_record_page(EINVOICE)
    for expected in ("<h1>Invoice R-17</h1>", "BT-112 + BT-114", "Paper", "Husum", "VAT breakdown (BG-23)", "100.00"):
        assert expected in page


def test_each_value_leads_to_its_element():
    page = write_record_page(EINVOICE)
    (anchor,) = re.findall(r'<a href="#(e\d+)">119.00</a>', page)
    rows = re.findall(rf'<div title="([^"]*)" id="{anchor}"><b>(\w+)</b>: ([^<]*)', page)
    assert [("/*:Invoice/*:Total", "Total", "119.00")] == rows


def test_a_value_of_a_scan_says_where_it_stands_on_the_page():
    page = write_record_page(gather(field("issue_date", date(2026, 2, 14))))
    assert "ocr, page 1 at 20% across, 22% down" in page
    assert "<h1>Document (record 7)</h1>" in page


def test_twins_among_elements_are_told_apart():
    source = make_source(parse_xml(XML.encode(), 10**6), list_anchors(["/*:Invoice/*:Note[2]"]))
    (row,) = [element for element in source.iter() if element.get("id")]
    assert ("/*:Invoice/*:Note[2]", ": two") == (row.get("title"), row[0].tail)


@pytest.mark.parametrize("name", ["seller_name", "invoice_number", "a <plug-in>"])
def test_hostile_text_is_shown_and_does_nothing(name):
    line = InvoiceLine(HOSTILE, None, HOSTILE, None, None, Decimal(1), None, Source.OCR, verified=False)
    attacked = f'<Invoice><ID a="{"&quot;&gt;&lt;script&gt;"}">&lt;script&gt;alert(3)&lt;/script&gt;</ID></Invoice>'
    page = write_record_page(
        gather(
            xml_field(name, HOSTILE, "/*:Invoice/*:ID"),
            lines=(line,),
            address=(HOSTILE,),
            xml=attacked,
            reasons=(HOSTILE,),
        )
    )
    read = Tags(page)
    assert [] == read.open
    assert set(read.tags).isdisjoint({"script", "img", "iframe", "link", "object"})
    assert 1 == read.tags.count("style")
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert all(value.startswith("#") for name, value in read.attributes if name in {"href", "src"})
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src 'none'" in page


def test_a_page_is_the_same_whenever_it_is_written():
    assert write_record_page(EINVOICE) == write_record_page(EINVOICE)

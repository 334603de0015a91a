"""The page of one record: parties, lines, taxes, sums and payment, each value with where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from invoicewatch.answers.paper import terms
from invoicewatch.answers.paper.elements import make, make_table, write_page
from invoicewatch.answers.paper.gather import Gathered
from invoicewatch.answers.paper.source import list_anchors, make_source
from invoicewatch.records import Box, Field, InvoiceLine, Status, TaxByRate, format_value

_SURE = 0.9


def write_record_page(gathered: Gathered) -> str:
    """The record as one HTML document, without scripts and with nothing from elsewhere."""
    return _Page(gathered).write()


class _Page:
    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._invoice = gathered.stored.invoice
        self._fields = self._invoice.fields
        xpaths = [field.xpath for field in self._fields.values() if field is not None]
        xpaths += gathered.item_xpaths.values()
        self._anchors: Mapping[str, str] = {} if gathered.xml is None else list_anchors(xpaths)

    def write(self) -> str:
        title = self._find_title()
        parties = (
            self._make_party("Seller (BG-4)", terms.SELLER, self._gathered.seller_address),
            self._make_party("Buyer (BG-7)", terms.BUYER, self._gathered.buyer_address),
        )
        sections = (
            make("section", make("h1", title), self._make_facts(terms.DOCUMENT)),
            *self._make_reasons(),
            make("div", *parties, class_="parties"),
            *self._make_lines(),
            *self._make_taxes(),
            *self._make_section("Document totals (BG-22)", terms.SUMS),
            *self._make_section("Payment (BG-16)", terms.PAYMENT),
            *self._make_section("More", [name for name in self._fields if name not in terms.TERMS]),
            *self._make_origin(),
        )
        return write_page(title, *sections)

    def _find_title(self) -> str:
        kind, number = self._fields.get("document_type"), self._fields.get("invoice_number")
        name = terms.TITLES.get(str(kind.value) if kind else "", "Document")
        return f"{name} {number.value}" if number else f"{name} (record {self._gathered.stored.id})"

    def _make_facts(self, names: Sequence[str]) -> Element:
        rows = [self._make_row(name, field) for name in names if (field := self._fields.get(name)) is not None]
        return make("table", make("tbody", *rows), class_="facts")

    def _make_row(self, name: str, field: Field) -> Element:
        term = terms.find_term(name)
        value = format_value(field.value)
        anchor = self._anchors.get(field.xpath)
        shown = make("a", value, href=f"#{anchor}") if anchor else make("span", value)
        doubtful = not field.verified and field.confidence < _SURE
        cell = make("td", shown, class_="doubt") if doubtful else make("td", shown)
        head = make("th", f"{term.words} ", make("small", term.number))
        place = make("td", _describe_place(field), class_="place", title=field.xpath)
        row = make("tr", head, cell, place, id=f"field-{name}")
        if name == "total":
            row.set("class", "main")
        return row

    def _make_party(self, title: str, names: Sequence[str], address: tuple[str, ...]) -> Element:
        lines = [make("div", line) for line in address]
        return make("section", make("h2", title), self._make_facts(names), *lines)

    def _make_section(self, title: str, names: Sequence[str]) -> Iterator[Element]:
        if any(self._fields.get(name) is not None for name in names):
            yield make("section", make("h2", title), self._make_facts(names))

    def _make_reasons(self) -> Iterator[Element]:
        verdicts = [f"Signature: {self._invoice.signature.words}"] if self._invoice.signature else []
        if self._invoice.validation:
            verdicts.append(f"E-invoice: {self._invoice.validation.words}")
        doubts = "Needs an eye" if self._invoice.status is Status.NEEDS_REVIEW else "Needed an eye"
        lines = [f"{doubts}: {reason}" for reason in self._invoice.reasons] + verdicts
        if lines:
            yield make("section", *(make("div", line) for line in lines), class_="reasons")

    def _make_lines(self) -> Iterator[Element]:
        lines = self._gathered.items.lines
        if lines:
            heads = ("", "Item (BT-153)", "Quantity", "Unit", "Price", "VAT %", "Amount (BT-131)")
            rows = [_make_line(self._link(str(n), line.path), line) for n, line in enumerate(lines, start=1)]
            yield make("section", make("h2", "Invoice lines (BG-25)"), make_table(heads, rows, numbers=3))

    def _make_taxes(self) -> Iterator[Element]:
        taxes = self._gathered.items.taxes
        if taxes:
            heads = ("Category", "Rate %", "Taxable amount (BT-116)", "VAT (BT-117)")
            rows = [_make_tax(self._link(tax.category or "-", tax.path), tax) for tax in taxes]
            yield make("section", make("h2", "VAT breakdown (BG-23)"), make_table(heads, rows, numbers=3))

    def _link(self, text: str, path: str) -> Element:
        """A text that leads to the element of a line or a tax, where there is one."""
        anchor = self._anchors.get(self._gathered.item_xpaths.get(path, ""))
        return make("td", make("a", text, href=f"#{anchor}") if anchor else text)

    def _make_origin(self) -> Iterator[Element]:
        stored = self._gathered.stored
        told = f"Record {stored.id}, {self._invoice.status}, from {self._invoice.path}"
        yield make("section", make("h2", "Where it comes from"), make("div", told), class_="source")
        if self._gathered.xml is not None:
            source = make_source(self._gathered.xml, self._anchors)
            yield make("section", make("h2", "The XML"), source, class_="source")


def _make_line(head: Element, line: InvoiceLine) -> list[Element]:
    left = [line.description, _figure(line.quantity), line.unit]
    right = [_figure(line.unit_price), _figure(line.rate), _figure(line.amount)]
    return [head, *(make("td", text) for text in left), *_make_figures(right)]


def _make_tax(head: Element, tax: TaxByRate) -> list[Element]:
    return [head, *_make_figures([_figure(tax.rate), _figure(tax.base), _figure(tax.tax)])]


def _make_figures(texts: Sequence[str]) -> list[Element]:
    return [make("td", text, class_="number") for text in texts]


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format_value(value)


def _describe_place(field: Field) -> str:
    """Where the value was read: its element, of which the whole path pops up, or its place on the page."""
    if field.xpath:
        return f"{field.source}, {field.xpath.rpartition(':')[2]}"
    place = _describe_box(field.page, field.box)
    return ", ".join(filter(None, (str(field.source), place)))


def _describe_box(page: int | None, box: Box | None) -> str:
    if page is None or box is None:
        return "" if page is None else f"page {page}"
    x, y = box.middle
    return f"page {page} at {x:.0%} across, {y:.0%} down"

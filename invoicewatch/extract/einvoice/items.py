"""The lines and the tax by rate that an e-invoice's XML states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.sums import parse_amount
from invoicewatch.extract.einvoice.syntaxes.record import LINE_TERMS, TAX_TERMS, Items, Syntax, TaxGroup, qualify_path
from invoicewatch.extract.einvoice.terms import find_term, find_text
from invoicewatch.records import Field, InvoiceLine, Itemised, Source, TaxByRate

Item = TypeVar("Item", InvoiceLine, TaxByRate)

_HUNDRED = Decimal(100)


def read_items(invoice: Element, syntax: Syntax, fields: Mapping[str, Field | None]) -> Itemised:
    """What the invoice element states, in its order.

    Lines are verified unless the file states another sum of them, taxes unless they add up to another tax than
    ``fields`` hold.
    """
    if syntax.items is None:
        return Itemised()
    currency = find_term(invoice, syntax, "currency").text
    lines = list(_iterate_lines(invoice, syntax.items))
    taxes = [*_iterate_taxes(invoice, syntax.items, currency), *_iterate_groups(invoice, syntax.items)]
    stated = parse_amount(find_text(invoice, (syntax.items.line_sum,))) if syntax.items.line_sum else None
    whole = stated is None or stated == sum((line.net or 0 for line in lines), Decimal(0))
    tax_total = fields.get("tax_total")
    taxed = tax_total is None or tax_total.value == sum((tax.tax for tax in taxes), Decimal(0))
    return Itemised(
        tuple(line if whole else _doubt(line) for line in lines),
        tuple(tax if taxed else _doubt(tax) for tax in taxes),
    )


def _doubt(item: Item) -> Item:
    return replace(item, verified=False)


def _iterate_lines(invoice: Element, items: Items) -> Iterator[InvoiceLine]:
    """A line for each element that has a sum or a price; what else stands among them is a remark."""
    path, codes = items.no_line
    for number, element in enumerate(invoice.findall(qualify_path(items.line)), start=1):
        texts = {term: find_text(element, items.line_terms.get(term, ())) for term in LINE_TERMS}
        amounts = {term: parse_amount(texts[term]) for term in ("quantity", "unit_price", "net", "gross", "rate")}
        if path and find_text(element, (path,)) in codes:
            continue
        if all(amounts[term] is None for term in ("unit_price", "net", "gross")):
            continue
        yield InvoiceLine(
            description=" ".join(texts["description"].split()),
            quantity=amounts["quantity"],
            unit=texts["unit"],
            unit_price=amounts["unit_price"],
            net=amounts["net"],
            gross=amounts["gross"],
            rate=amounts["rate"],
            source=Source.E_INVOICE,
            verified=True,
            path=f"({items.line})[{number}]",
        )


def _iterate_taxes(invoice: Element, items: Items, currency: str) -> Iterator[TaxByRate]:
    elements = invoice.findall(qualify_path(items.tax)) if items.tax else ()
    for number, element in enumerate(elements, start=1):
        texts = {term: find_text(element, items.tax_terms.get(term, ()), currency) for term in TAX_TERMS}
        tax = parse_amount(texts["tax"])
        if tax is not None:
            yield _make_tax(
                texts["category"],
                parse_amount(texts["rate"]),
                parse_amount(texts["base"]),
                tax,
                f"({items.tax})[{number}]",
            )


def _iterate_groups(invoice: Element, items: Items) -> Iterator[TaxByRate]:
    """Tax whose rate is known by its place alone."""
    for group in items.groups:
        base = parse_amount(find_text(invoice, (group.base,)))
        if base is not None:
            tax = parse_amount(find_text(invoice, (group.tax,))) if group.tax else None
            rate = _choose_rate(group, base, tax or Decimal(0))
            yield _make_tax("", rate, base, tax or Decimal("0.00"), group.base)


def _choose_rate(group: TaxGroup, base: Decimal, tax: Decimal) -> Decimal | None:
    """Of the rates that may stand there the one that makes the tax, but for what rounding line by line adds."""
    rates = [Decimal(rate) for rate in group.rates]
    return min(rates, key=lambda rate: abs(base * rate / _HUNDRED - tax), default=None)


def _make_tax(category: str, rate: Decimal | None, base: Decimal | None, tax: Decimal, path: str) -> TaxByRate:
    return TaxByRate(category, rate, base, tax, Source.E_INVOICE, verified=True, path=path)

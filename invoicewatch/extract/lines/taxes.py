"""The tax by rate, from the tables of tax on the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.extract.total.reading.tax import TaxRow, find_all_tax_rows, list_tax_tables
from invoicewatch.records import Box, Field, TaxByRate

_ZERO = Decimal(0)
_LETTER = re.compile(r"[(*]?([A-Z])[)=:]?")
_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def find_taxes(sheets: Sequence[Sheet], fields: Mapping[str, Field | None]) -> tuple[TaxByRate, ...]:
    """The table whose taxes add up to the document's tax, and its bases to its net sum; empty where none does.

    A document with one rate mostly has no table: its tax with the rate beside it is one, if the net sum is known.
    """
    tax, net = (_find_sum(fields, name) for name in ("tax_total", "net_total"))
    if tax is None or net is None:
        return ()
    proved = all(field is not None and field.verified for field in (fields["tax_total"], fields["net_total"]))
    for table in list_tax_tables(find_all_tax_rows(sheets)):
        for sign in (1, -1):
            taxes = sum((row.tax.value for row in table), _ZERO)
            bases = sum((_find_base(row) for row in table), _ZERO)
            if (sign * taxes, sign * bases) == (tax, net):
                return tuple(_make_tax(row, sign, verified=proved and row.written) for row in table)
    return _find_single(fields, tax, net, proved=proved)


def _find_sum(fields: Mapping[str, Field | None], name: str) -> Decimal | None:
    field = fields.get(name)
    return field.value if field is not None and isinstance(field.value, Decimal) else None


def _find_base(row: TaxRow) -> Decimal:
    return row.base.value - row.tax.value if row.gross else row.base.value


def _make_tax(row: TaxRow, sign: int, *, verified: bool) -> TaxByRate:
    place = row.tax.row
    return TaxByRate(
        category=_find_letter(row),
        rate=row.rate,
        base=sign * _find_base(row),
        tax=sign * row.tax.value,
        source=find_source(place, row.tax.words),
        verified=verified,
        page=place.page,
        box=Box.around((row.base.box, row.tax.box)),
    )


def _find_letter(row: TaxRow) -> str:
    """The till's letter before the rate, or the category's in brackets."""
    before = row.tax.row.words[: row.tax.first]
    return next((match[1] for word in before if (match := _LETTER.fullmatch(word.text))), "")


def _find_single(
    fields: Mapping[str, Field | None], tax: Decimal, net: Decimal, *, proved: bool
) -> tuple[TaxByRate, ...]:
    """The document's tax as that of its only rate, which is written where the tax stands."""
    field = fields["tax_total"]
    assert field is not None, "its value was taken a moment ago"
    rates = {Decimal(match[1].replace(",", ".")) for match in _RATE.finditer(field.text)}
    for rate in sorted(rates):
        if tax and abs(net * rate / _HUNDRED - tax) <= _CENT:
            return (TaxByRate("", rate, net, tax, field.source, proved, field.page, field.box),)
    return ()

"""All that a document says about its sums: its sheets, the labelled amounts, and the sums that close."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.total.reading.attached import leave_out_attached
from invoicewatch.extract.total.reading.claims import Claim, find_claims
from invoicewatch.extract.total.reading.closings import Closing, find_closings
from invoicewatch.extract.total.reading.decimal_sign import settle_open_figures
from invoicewatch.extract.total.reading.settle import settle_claims
from invoicewatch.extract.total.reading.sheet import Sheet, view_sheets
from invoicewatch.records import ExtractContext, join_text


@dataclass(frozen=True)
class Sums:
    """All that a document says about its sums."""

    sheets: tuple[Sheet, ...]
    claims: tuple[Claim, ...]
    closings: tuple[Closing, ...]

    @property
    def shown(self) -> dict[Decimal, Amount]:
        """Where each amount of money stands, the last place of each."""
        return {a.value: a for sheet in self.sheets for row in sheet.amounts for a in row if a.is_money}


def read_sums(context: ExtractContext) -> Sums:
    """Read claims and closings off all pages but those of attached papers."""
    sheets = view_sheets(view_pages(context.readings), load_labels("amounts"))
    sheets = settle_open_figures(sheets, context.memory, join_text(context.readings))
    found = [claim for sheet in sheets for claim in find_claims(sheet)]
    sheets = leave_out_attached(sheets, found)
    pages = {sheet.page.page for sheet in sheets}
    shown = {a.value for sheet in sheets for row in sheet.amounts for a in row if a.is_money}
    claims = tuple(settle_claims([claim for claim in found if claim.place[0] in pages], shown))
    currency = context.found.get("currency")
    closings = find_closings(sheets, claims, str(currency.value) if currency else "")
    return Sums(sheets, claims, tuple(closings))

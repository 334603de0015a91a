"""One free sample from a seed: its pages, its truth, and on demand what an engine would read of it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from invoicewatch.records import FIELD_NAMES, Reading, format_value
from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.free.blocks.base import Part
from invoicewatch.samples.free.invent.bill import Bill, invent_bill
from invoicewatch.samples.free.invent.places_asked import list_markets
from invoicewatch.samples.free.papers.draw import draw_paper
from invoicewatch.samples.free.tills.draw import draw_till
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.reading import damage_reading, read_sheets
from invoicewatch.samples.truth import spell_vat_id

# A receipt with such a title may be called either; nobody's answer is wrong.
_INVOICE_WORDS = ("invoice", "rechnung", "facture", "factura", "fattura", "factuur")
_COLUMNS, _ROWS = 4, 12


@dataclass(frozen=True, slots=True)
class FreeSample:
    """One seed's layout with its document.

    ``fields`` are the true values in their canonical spelling, None where the pages do not show them; ``printed`` is
    how each that is shown was printed. ``parts`` are the named pieces of each page, in points.
    """

    bill: Bill
    sheets: tuple[Sheet, ...]
    parts: tuple[tuple[Part, ...], ...]
    fields: dict[str, str | None]
    printed: dict[str, str]

    @property
    def skeleton(self) -> tuple[tuple[str, int, int], ...]:
        """Which pieces stand where on the first page, coarsely: name, column of four, row of twelve."""
        sheet = self.sheets[0]
        cells = {
            (
                part.name,
                int(_COLUMNS * (part.x0 + part.x1) / 2 / sheet.width),
                int(_ROWS * part.y0 / sheet.height),
            )
            for part in self.parts[0]
            if part.name != "row"
        }
        return tuple(sorted(cells))


def make_free_sample(seed: int, kind: Kind | None = None, language: str | None = None) -> FreeSample:
    """The layout and the document of a seed, of a wanted ``kind`` (invoice, credit note, receipt) or the seed's own.

    So with ``language``, one of ``wording.LANGUAGES``; those of ``ASKED_PLACES`` come only when asked for.
    """
    markets = list_markets(language) if language else ()
    bill = invent_bill(seed, kind, markets[seed % len(markets)] if markets else None)
    return set_free_sample(bill, Random(f"invoicewatch free layout {seed}"))


def set_free_sample(bill: Bill, rng: Random) -> FreeSample:
    """A document that is invented already, in the layout that these dice throw."""
    pages, told = (draw_till if bill.at_till else draw_paper)(bill, rng)
    sheets, parts = tuple(page.sheet for page in pages), tuple(page.parts for page in pages)
    return FreeSample(bill, sheets, parts, _tell_fields(bill, told), told)


def free_reading(
    seed: int, damage: float = 0.0, language: str | None = None
) -> tuple[tuple[Reading, ...], dict[str, str | None]]:
    """What an engine would read of a free sample, and its truth.

    Args:
        seed: Decides layout, document and mistakes.
        damage: About which part of the words is misread (0-1).
        language: As for `make_free_sample`.
    """
    sample = make_free_sample(seed, language=language)
    readings = read_sheets(sample.sheets)
    if damage:
        rng = Random(f"invoicewatch free damage {seed} {damage}")
        readings = tuple(damage_reading(reading, rng, damage) for reading in readings)
    return readings, sample.fields


def _tell_fields(bill: Bill, told: dict[str, str]) -> dict[str, str | None]:
    spec = bill.spec.stated
    buyer = spec.buyer.name if spec.buyer else None
    values = {
        "invoice_number": spec.number,
        "issue_date": format_value(spec.issue_date),
        "due_date": format_value(spec.due_date) if spec.due_date else None,
        "currency": spec.currency,
        "seller_name": spec.seller.name,
        "seller_vat_id": spell_vat_id(spec),
        "buyer_name": buyer,
        "iban": spec.seller.iban,
        "net_total": format_value(spec.net_total),
        "tax_total": format_value(spec.tax_total),
        "total": format_value(spec.total),
        "amount_due": format_value(spec.amount_due),
    }
    fields: dict[str, str | None] = {name: values.get(name) if name in told else None for name in FIELD_NAMES}
    title = spec.labels["title"].lower()
    ambiguous = spec.kind is Kind.RECEIPT and any(word in title for word in _INVOICE_WORDS)
    fields["document_type"] = None if ambiguous else spec.kind.value
    return fields

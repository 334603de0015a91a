"""What the seller's earlier papers say of this one: the last link of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.dates.candidates import choose_day
from invoicewatch.extract.dates.extractor import ReadDates, read_dates
from invoicewatch.extract.dates.issue import is_order_sure, prove_date_reading
from invoicewatch.extract.looks.contradict import refutes_date, refutes_look, refutes_other, refutes_total
from invoicewatch.extract.looks.decide import place_field
from invoicewatch.extract.looks.marks import list_names
from invoicewatch.extract.looks.places import Placed, find_placed
from invoicewatch.extract.looks.seller import find_known_seller
from invoicewatch.extract.looks.sketch import sketch_pages, view_written
from invoicewatch.extract.looks.spots import Seen, see_spots
from invoicewatch.extract.page.evidence import is_reading_proved
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.proof.fields import with_cents
from invoicewatch.extract.proof.reading import ReadBy, prove_amount_reading
from invoicewatch.extract.total.proofs import prove_by_arithmetic
from invoicewatch.extract.total.ranking.choice import rank_totals
from invoicewatch.extract.total.reading.sums import Sums, read_sums
from invoicewatch.records import ExtractContext, Field, Look, Sketch, Source
from invoicewatch.records.looks.identity import Known, find_identity, recognise
from invoicewatch.records.looks.paper import PLACED, write_value


class LooksExtractor:
    """Proves fields by where their seller prints them, and finds what the chain did not."""

    def __init__(self, settings: ExtractSettings) -> None:
        del settings  # there is nothing to set yet

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The fields of which the seller's look says more than the page alone; a proved one is never overridden."""
        pages = view_written(context.readings)
        if not context.memory.looks.looks or not pages:
            return {}
        seen = see_spots(pages, context.today)
        sketch = sketch_pages(pages, seen, context.found)
        known = find_identity(context.memory.looks, sketch, list_names(pages))
        if not known:
            return {}
        scene = _Scene(context, pages, seen, sketch)
        alike = recognise(known, sketch)
        seller = find_known_seller(known, pages, context.found, same_look=alike is not None)
        found = {"seller_name": seller} if seller is not None and scene.is_open("seller_name") else {}
        return {**found, **scene.find_placed(alike)}


@dataclass(frozen=True)
class _Scene:
    """A document with all that its look is compared with."""

    context: ExtractContext
    pages: Sequence[PageView]
    seen: Sequence[Seen]
    sketch: Sketch

    def find_placed(self, known: Known | None) -> dict[str, Field]:
        """The fields that stand where they stood before."""
        if known is None or refutes_look(known.look, self.sketch):
            return {}
        fields: dict[str, Field] = {}
        for name in PLACED:
            placed = find_placed(name, known.look, self.seen) if self.is_open(name) else None
            field = self._decide(name, known.look, placed) if placed is not None else None
            if field is not None:
                fields[name] = field
        return fields

    def is_open(self, name: str) -> bool:
        """Whether neither an e-invoice states the field nor the page proves it."""
        field = self.context.found.get(name)
        return field is None or not (field.source is Source.E_INVOICE or field.verified)

    def _decide(self, name: str, look: Look, placed: Placed) -> Field | None:
        field = self.context.found.get(name)
        match PLACED[name]:
            case "money":
                return self._decide_money(name, look, placed, field)
            case "date":
                return self._decide_date(name, look, placed, field)
            case _:
                return self._decide_number(name, placed, field)

    def _decide_money(self, name: str, look: Look, placed: Placed, field: Field | None) -> Field | None:
        one = placed.seen[-1]
        value = with_cents(Decimal(one.spot.value))
        if field is not None and isinstance(field.value, Decimal) and abs(field.value) == abs(value):
            value = field.value  # of a credit note, which prints a minus, the sum is stated without it
        refuted = name == "total" and refutes_total(value, look, self._sums, field)
        if refuted or refutes_other(value, field):
            return None
        return place_field(name, value, one, placed, read_by=self._prove_money(name, value, one), field=field)

    def _prove_money(self, name: str, value: Decimal, one: Seen) -> str:
        amounts = find_amounts(one.row, one.page.char_width)
        by_reading = next((prove_amount_reading(each) for each in amounts if each.first == one.first), "")
        if by_reading or name != "total":
            return by_reading
        return next((prove_by_arithmetic(each) for each in rank_totals(self._sums) if each.value == value), "")

    def _decide_date(self, name: str, look: Look, placed: Placed, field: Field | None) -> Field | None:
        one = placed.seen[0]
        claim = next((c for c in self._dates.claims if c.row is one.row and c.first == one.first), None)
        if claim is None:
            return None
        day = choose_day(claim, self._dates.order)
        if refutes_other(day, field):
            return None
        if name == "issue_date" and refutes_date(day, look, self._dates.claims, field):
            return None
        read_by = prove_date_reading(claim) if is_order_sure(claim, self._dates.order) else ""
        return place_field(name, day, one, placed, read_by=read_by, field=field)

    def _decide_number(self, name: str, placed: Placed, field: Field | None) -> Field | None:
        """The number that was found, if it stands there: where it ends, the place does not tell."""
        if field is None:
            return None
        wanted = write_value(name, field.value)
        one = next((each for each in placed.seen if each.spot.value == wanted), None)
        if one is None:
            return None
        read_by = _say_reading(one)
        return place_field(name, field.value, one, placed, read_by=read_by, field=field)

    @cached_property
    def _sums(self) -> Sums:
        return read_sums(self.context)

    @cached_property
    def _dates(self) -> ReadDates:
        return read_dates(self.context)


def _say_reading(one: Seen) -> str:
    """What proves that a number was read right, in words; empty if nothing does."""
    if not is_reading_proved(one.words, one.page.source):
        return ""
    return ReadBy.TEXT_LAYER if one.page.source is Source.TEXT_LAYER else ReadBy.TWO_ENGINES

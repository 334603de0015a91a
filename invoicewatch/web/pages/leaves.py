"""The pages of a record as the viewer shows them: their pictures, and where its fields stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from invoicewatch.records import Box, Field, PageSize
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.web.pages.pictures import WIDTHS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands on a page."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page; its picture is upright, as ``size`` and ``places`` are."""

    number: int
    size: PageSize
    places: tuple[Place, ...]

    def name_picture(self, record: int, width: int) -> str:
        """The address of its picture."""
        return f"/record/{record}/page/{self.number}?width={width}"

    def list_pictures(self, record: int) -> str:
        """Its pictures by width, for a browser to choose from (``srcset``)."""
        return ", ".join(f"{self.name_picture(record, width)} {width}w" for width in WIDTHS)


def list_leaves(stored: StoredInvoice) -> list[Leaf]:
    """The pages of a record, with the fields that count where they stand."""
    invoice = stored.invoice
    fields = [field for field in invoice.fields.values() if field is not None]
    return [
        Leaf(number, size, tuple(_list_places(fields, number)))
        for number, size in zip(invoice.page_numbers, invoice.page_sizes, strict=False)
    ]


def _list_places(fields: Iterable[Field], page: int) -> Iterable[Place]:
    return (Place(field.name, field.box) for field in fields if field.page == page and field.box is not None)

"""The taste of an A4 layout: what differs between one firm's invoices and another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.sheet import A4, Pen

Columns = Literal["full", "short", "detailed"]


@dataclass(frozen=True, slots=True)
class Look:
    """How an A4 page is dressed. Lengths are points.

    ``head`` is where the seller's name stands. ``meta`` is how number and dates are shown: ``list`` beside the
    address, ``row`` as a table row under it, ``lines`` under the title. ``grid`` frames every cell of the table,
    ``bar`` puts its head on grey, ``dark`` prints it white on dark, ``lines`` rules it off. ``columns`` is what the
    table shows. ``logo`` is a mark without words beside the seller's name.
    """

    head: Literal["left", "right", "centre", "banner"]
    meta: Literal["list", "row", "lines"]
    table: Literal["grid", "bar", "dark", "lines"]
    columns: Columns
    face: Face = Face.SANS
    bold: Face = Face.SANS_BOLD
    size: float = 9.5
    margin: float = 57.0
    totals_boxed: bool = False
    footer: bool = True
    logo: bool = False

    def start_page(self) -> Pen:
        """A blank A4 page in this look's typeface."""
        return Pen(*A4, face=self.face, bold=self.bold, size=self.size)

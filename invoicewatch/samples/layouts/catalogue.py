"""All layouts by name, and which suits a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import NamedTuple

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.a4 import draw_invoice
from invoicewatch.samples.layouts.letter import draw_letter
from invoicewatch.samples.layouts.look import Look
from invoicewatch.samples.layouts.receipt import draw_receipt

_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
_LETTERS = frozenset({Kind.REMINDER, Kind.OTHER})
_RECEIPTS = frozenset({Kind.RECEIPT})


class Layout(NamedTuple):
    """How to draw a document, the kinds that it suits, and whether it is thermal paper (which fades)."""

    draw: Callable[[InvoiceSpec], tuple[Sheet, ...]]
    kinds: frozenset[Kind]
    thermal: bool = False


_CLASSIC = Look("left", "list", "lines", "full", logo=True)
_BANNER = Look("banner", "row", "dark", "detailed", size=9.0)
_OFFICE = Look("right", "lines", "grid", "short", margin=50.0, footer=False, totals_boxed=True, logo=True)
_SERIF = Look("centre", "list", "bar", "full", Face.SERIF, Face.SERIF_BOLD, 9.0)
_TYPED = Look("left", "lines", "lines", "short", Face.MONO, Face.MONO_BOLD, 8.5, margin=50.0)

LAYOUTS: Mapping[str, Layout] = {
    "classic": Layout(lambda spec: draw_invoice(spec, _CLASSIC), _BILLS),
    "banner": Layout(lambda spec: draw_invoice(spec, _BANNER), _BILLS),
    "office": Layout(lambda spec: draw_invoice(spec, _OFFICE), _BILLS),
    "serif": Layout(lambda spec: draw_invoice(spec, _SERIF), _BILLS),
    "typed": Layout(lambda spec: draw_invoice(spec, _TYPED), _BILLS),
    "letter": Layout(lambda spec: draw_letter(spec, _CLASSIC), _LETTERS),
    "letter-serif": Layout(lambda spec: draw_letter(spec, _SERIF), _LETTERS),
    "till": Layout(partial(draw_receipt, style="list", face=Face.MONO, bold=Face.MONO_BOLD, size=8.0), _RECEIPTS, True),
    "till-columns": Layout(
        partial(draw_receipt, style="columns", face=Face.MONO, bold=Face.MONO_BOLD, size=7.5), _RECEIPTS, True
    ),
    "till-sans": Layout(
        partial(draw_receipt, style="columns", face=Face.SANS, bold=Face.SANS_BOLD, size=9.0), _RECEIPTS, True
    ),
}


def choose_layout(spec: InvoiceSpec) -> str:
    """A layout for this document, drawn by its seed."""
    rng = Random(f"invoicewatch layout {spec.seed}")
    return rng.choice([name for name, layout in LAYOUTS.items() if spec.kind in layout.kinds])

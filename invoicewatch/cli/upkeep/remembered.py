"""What is remembered of sellers, for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from invoicewatch.cli.render import make_console, plain
from invoicewatch.records import Look, SellerMemory
from invoicewatch.store.memory.office import LearnedOffice
from invoicewatch.store.memory.sellers import KnownSeller

_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_SIGNS = {".": "decimal point", ",": "decimal comma"}


def print_sellers(sellers: Sequence[KnownSeller]) -> None:
    """A seller a line, with its habits below."""
    console = make_console()
    if not sellers:
        console.print(plain("nothing is remembered", style="dim"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Seller", ratio=1, overflow="fold")
    table.add_column("Proved by", justify="right", no_wrap=True)
    for one in sellers:
        text = plain(one.habits.name, style="bold")
        for line in [*describe_habits(one.habits), *map(describe_look, one.looks)]:
            text.append_text(Text("\n").append_text(plain(line, style="dim not bold")))
        proofs = f"{one.habits.proofs} invoice{'s' * (one.habits.proofs != 1)}"
        table.add_row(text, Text(proofs))
    console.print(table)


def describe_look(look: Look) -> str:
    """What its paper tells, in words: how many, which fields stand where, its sums, how often it comes."""
    places = dict.fromkeys(place.name.replace("_", " ") for place in look.places)
    parts = [
        f"{look.lessons} alike: {', '.join(places) or 'nothing'} known by place",
        _describe_totals(look),
        f"every {look.every_days} days" if look.every_days else "",
    ]
    return ", ".join(filter(None, parts))


def _describe_totals(look: Look) -> str:
    if not look.least:
        return ""
    least, most = (f"{Decimal(total):,.2f}" for total in (look.least, look.most))
    totals = f"total {least}" if least == most else f"totals from {least} to {most}"
    return f"{totals} {'/'.join(look.currencies)}".rstrip()


def print_office(office: LearnedOffice | None) -> None:
    """Who is taken for the office itself, if anybody is."""
    if office is not None:
        told = f"buyer on {office.documents} of the latest {office.of} documents that name one"
        make_console().print(plain(f"Taken for yourself: {office.name} ({told})"))


def describe_habits(habits: SellerMemory) -> list[str]:
    """What is known, in words: how it writes, then by what it is known."""
    writes = [_ORDERS.get(habits.date_order, ""), _SIGNS.get(habits.decimal_sign, ""), habits.currency]
    writes.append(f"numbers like {habits.number_pattern}" if habits.number_pattern else "")
    known_by = (("VAT id", habits.vat_id), ("IBAN", habits.iban), ("web", habits.domain))
    return [
        line
        for line in (", ".join(filter(None, writes)), ", ".join(f"{name} {value}" for name, value in known_by if value))
        if line
    ]

"""Records of a realistic size for ``head.py``: invoices with ten lines, invented, drawn, and judged as any reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from random import Random

from invoicewatch.config import Config
from invoicewatch.pipeline.tools import Evidence
from invoicewatch.pipeline.verdict import judge_fields
from invoicewatch.records import Invoice, Memory, PageSize, Reading, Timings, join_text, keep_words
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.reading import read_sheets
from invoicewatch.wiring import JudgeBox, build_judge

LINES = 10
_A_SELLER = 10  # documents of each, on average
_TODAY = date(2026, 11, 28)
_A4 = PageSize(1654, 2339, 200)


def make_records(numbers: Sequence[int]) -> Iterator[Invoice]:
    """One record a number, of sellers that come again; the same number gives the same record."""
    tools = build_judge(Config())
    for number in numbers:
        spec, layout = invent_invoice(number, sellers=1 + max(numbers) // _A_SELLER)
        yield _judge(number, read_sheets(LAYOUTS[layout].draw(spec)), tools)


def invent_invoice(number: int, sellers: int) -> tuple[InvoiceSpec, str]:
    """An invoice with ten lines of one of so many sellers, and the layout that this seller has."""
    seller = make_spec(Random(f"head {number}").randrange(sellers), Kind.INVOICE)
    spec = make_spec(1_000_000 + number, Kind.INVOICE, seller.market)
    own = replace(spec, seller=seller.seller, money=seller.money, date_style=seller.date_style, labels=seller.labels)
    return replace(own, items=tuple(islice(cycle(own.items), LINES))), choose_layout(seller)


def _judge(number: int, readings: tuple[Reading, ...], tools: JudgeBox) -> Invoice:
    """What ``pipeline.road`` makes of pages that were read."""
    evidence = Evidence(readings)
    fields = tools.find_fields(evidence, Memory(), _TODAY)
    judged = judge_fields(fields, evidence, tools, Memory(), _TODAY)
    return Invoice(
        path=f"{number:06}.png",
        sha256=hashlib.sha256(b"%d" % number).hexdigest(),
        media_type="image/png",
        status=judged.status,
        page_sizes=(_A4,) * len(readings),
        engine="tesseract 5.3.0 eng+deu+fra",
        raw_text=join_text(readings),
        fields=judged.fields,
        reasons=judged.reasons,
        alarms=judged.alarms,
        asked=judged.asked,
        notes=judged.notes,
        timings=Timings(0.1, 0.9, 0.1, 0.1, 1.2),
        versions={"invoicewatch": "0.1.0", "engine": "tesseract 5.3.0 eng+deu+fra", "memory": "0"},
        lines=judged.items.lines,
        taxes=judged.items.taxes,
        sketch=judged.sketch,
        readings=judged.readings,
        words=tuple(keep_words(reading, 0) for reading in readings),
    )

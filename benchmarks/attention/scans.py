"""Some documents of the stream drawn, scanned badly and really read, by both engines and with correction off."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, cast

import msgspec

from benchmarks.attention.sellers import Seller, invent_sellers
from benchmarks.attention.stream import Plan, choose_form, draw_document, name_document, plan_stream
from benchmarks.learn.keep import KeepingTools
from invoicewatch.config import Config
from invoicewatch.pipeline import Tools, process
from invoicewatch.records import Document, Memory, Reading
from invoicewatch.samples.write import Form, scan_sheets
from invoicewatch.wiring import build_tools

_GRADES = {"fair": 1, "bad": 2}


def read_scans(wanted: int, count: int, sellers: int, seed: int, processes: int) -> dict[str, tuple[Reading, ...]]:
    """The readings of so many scans, spread evenly over the stream, by the document's name."""
    known = invent_sellers(sellers, seed)
    scans = [plan for plan in plan_stream(known, count, seed) if _find_grade(known[plan.seller], plan, seed)]
    step = max(1, len(scans) // max(1, wanted))
    chosen = scans[::step][:wanted]
    with ProcessPoolExecutor(processes) as pool:
        jobs = [(known[plan.seller], plan) for plan in chosen]
        found = pool.map(partial(_read, seed=seed), jobs)
        return {name_document(plan, seed): readings for plan, readings in zip(chosen, found, strict=True)}


def _read(job: tuple[Seller, Plan], seed: int) -> tuple[Reading, ...]:
    seller, plan = job
    sample = draw_document(seller, plan, seed)
    grade = _find_grade(seller, plan, seed)
    content = scan_sheets(sample.sheets, sample.bill.spec, Form.TIFF, grade, thermal=sample.bill.at_till)
    name = name_document(plan, seed)
    document = Document(name, content, name, "image/tiff", datetime.now(UTC))
    tools = KeepingTools(_build())
    process(document, cast("Tools", tools), Memory(), date.today())  # noqa: DTZ011 - a day is enough
    return tools.seen[-1][0]


@cache
def _build() -> Any:
    config = Config()
    correct = msgspec.structs.replace(config.correct, mode="off")
    intake = msgspec.structs.replace(config.intake, max_bytes=sys.maxsize)
    return build_tools(msgspec.structs.replace(config, correct=correct, intake=intake))


def _find_grade(seller: Seller, plan: Plan, seed: int) -> int:
    """The grade of its scan; 0 where it comes with a text layer."""
    return _GRADES.get(choose_form(name_document(plan, seed), at_till=seller.first.at_till), 0)

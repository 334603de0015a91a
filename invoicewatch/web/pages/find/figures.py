"""Figures: sums with their chart, and what is due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from invoicewatch.answers.find.hits import search_records
from invoicewatch.answers.find.parts import drop_filters, put_filters
from invoicewatch.answers.find.sums import By, Sums, are_many, sum_records
from invoicewatch.answers.safe import make_printable
from invoicewatch.store.figures.stats import Sum
from invoicewatch.store.search.query_text import Query as Asked
from invoicewatch.web.guard.visitor import AnyReader, get_site
from invoicewatch.web.pages.find.box import Box, Text, read_box, write_address
from invoicewatch.web.pages.find.charts import Chart, draw_lying, draw_upright
from invoicewatch.web.pages.find.search import Row, make_row
from invoicewatch.web.pages.shown import get_pages

router = APIRouter(include_in_schema=False)

LATE_DAYS = 90
_MONTHS = 36
_LINES = 100_000
_SELLERS = 25
_CHARTED = 3
_BARS = 15
_NEXT = 10
_LABEL = 32
_LATELY = "date:2y..today"
_MANY = 50_000


Kind = Literal[By.MONTH, By.SELLER, By.CURRENCY, By.STATUS]


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be paid within a span of days: sums by currency, the first records, and the search for all of them."""

    sums: Sums
    rows: list[Row]
    text: str


@router.get("/figures")
def show_figures(
    request: Request,
    visitor: AnyReader,
    q: Text | None = None,
    by: Kind = By.MONTH,
    days: Annotated[Literal[7, 14, 30, 60], Query()] = 30,
) -> HTMLResponse:
    """Sums of what a query finds; of the last two years, where nothing is said and there is much."""
    state_dir = get_site(request).state_dir
    box = read_box((_LATELY if are_many(state_dir, _MANY) else "") if q is None else q)
    sums = Sums((), 0)
    due: dict[str, Due] = {}
    if box.asked is not None:
        sums = keep_latest(
            sum_records(state_dir, box.asked, by, _SELLERS if by is By.SELLER else _LINES), by, box.today
        )
        before, today = box.today - timedelta(days=LATE_DAYS), box.today
        due["late"] = _find_due(state_dir, box, before, today - timedelta(days=1))
        due["soon"] = _find_due(state_dir, box, today, today + timedelta(days=days))
    values = {
        "box": box,
        "by": by.value,
        "kinds": [kind.value for kind in _FILTERS],
        "sums": sums,
        "all": add_up(sums),
        "charts": make_charts(sums, by, box.today),
        "due": due,
        "days": days,
        "late_days": LATE_DAYS,
        "first_day": lambda month: date.fromisoformat(f"{month}-01"),
        "printable": make_printable,
        "address": lambda text: write_address("/figures", text, by=by.value),
        "search_for": lambda one: write_address("/search", _find_again(box.text, by, one)),
        "search_all": lambda text: write_address("/search", text, sort="due"),
    }
    return get_pages(request).show(request, "find/figures.html", values, visitor)


# By which filter a group is looked for.
_FILTERS = {By.MONTH: "date", By.SELLER: "seller", By.CURRENCY: "currency", By.STATUS: "status"}


def keep_latest(sums: Sums, by: By, today: date) -> Sums:
    """Of months those that a chart holds, and what is dated later or not at all; of others everything."""
    if by is not By.MONTH:
        return sums
    charted = list_months(sums, today)
    kept = tuple(one for one in sums.lines if one.group is None or one.group >= charted[0])
    return Sums(kept, len(sums.lines) - len(kept))


def make_charts(sums: Sums, by: By, today: date) -> list[Chart]:
    """What can be compared: months and sellers by their totals in one currency each, others by how many they are."""
    if not sums.lines:
        return []
    if by in {By.CURRENCY, By.STATUS}:
        counts: dict[str, int] = defaultdict(int)
        for one in sums.lines:
            counts[one.group or ""] += one.count
        return [draw_lying(None, [(label, Decimal(count)) for label, count in counts.items()])]
    parted = [(unit, lines) for unit, lines in _part_by_currency(sums)[:_CHARTED] if unit]
    if by is By.SELLER:
        return [draw_lying(unit, [(_shorten(one.group), one.total) for one in lines[:_BARS]]) for unit, lines in parted]
    months = list_months(sums, today)
    totals = [(unit, {one.group: one.total for one in lines}) for unit, lines in parted]
    return [draw_upright(unit, {month: of.get(month, Decimal(0)) for month in months}) for unit, of in totals]


def list_months(sums: Sums, today: date) -> list[str]:
    """The months of a chart, in order: all from the first that was found to the last that is not to come."""
    found = [one.group for one in sums.lines if one.group]
    last = max([month for month in found if month <= f"{today:%Y-%m}"] or found or [f"{today:%Y-%m}"])
    first = min([month for month in found if month <= last] or [last])
    (first_year, first_month), (last_year, last_month) = (map(int, month.split("-")) for month in (first, last))
    months = range(first_year * 12 + first_month - 1, last_year * 12 + last_month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months[-_MONTHS:]]


def add_up(sums: Sums) -> list[Sum]:
    """All lines together, by currency; nothing where some were left out."""
    if sums.left_out or len(sums.lines) < 2:  # noqa: PLR2004 - one line is its own sum
        return []
    return [
        Sum(None, unit, sum(o.count for o in lines), sum(o.with_total for o in lines), _add(lines))
        for unit, lines in _part_by_currency(sums)
    ]


def _add(lines: list[Sum]) -> Decimal:
    return sum((one.total for one in lines), Decimal(0))


def _part_by_currency(sums: Sums) -> list[tuple[str | None, list[Sum]]]:
    """The lines of each currency, the one of most documents first."""
    parted: dict[str | None, list[Sum]] = defaultdict(list)
    for one in sums.lines:
        parted[one.currency].append(one)
    return sorted(parted.items(), key=lambda item: -sum(one.count for one in item[1]))


def _shorten(name: str | None) -> str:
    shown = make_printable(name or "?")
    return shown if len(shown) <= _LABEL else f"{shown[:_LABEL]}…"


def _find_again(text: str, by: By, one: Sum) -> str:
    """The query that finds what a line sums up, or a little more: a seller's name is looked for as words."""
    return put_filters(text, {"currency": one.currency or "", _FILTERS[by]: one.group or ""})


def _find_due(state_dir: Path, box: Box, first: date, last: date) -> Due:
    """The days of the invoices do not count here, only those of payment."""
    assert box.asked is not None, "it was understood"
    filters = replace(box.asked.filters, date_from=None, date_to=None, due_from=first, due_to=last)
    asked = Asked(box.asked.clauses, filters)
    found = search_records(state_dir, asked, sort="due", limit=_NEXT, page=1)
    text = put_filters(drop_filters(box.text, "date"), {"due": f"{first}..{last}"})
    return Due(sum_records(state_dir, asked, By.CURRENCY, _SELLERS), [make_row(hit) for hit in found.hits], text)

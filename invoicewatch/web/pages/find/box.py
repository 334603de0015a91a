"""The box that searches and figures share: a query as it was typed, and filters that forms add to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse

from invoicewatch.answers.find.filters import make_query, today_here
from invoicewatch.answers.find.parts import Chip, list_chips, put_filters, write_span
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Query as Asked
from invoicewatch.store.search.query_text import QueryError
from invoicewatch.web.guard.visitor import AnyReader

router = APIRouter(include_in_schema=False)

LONGEST = 500
Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class Box:
    """What was typed, its filters, and what it means: nothing where ``problem`` says why it cannot be understood."""

    text: str
    chips: list[Chip]
    today: date
    asked: Asked | None
    problem: str = ""
    remedy: str = ""


def read_box(text: str) -> Box:
    """Understand what was typed."""
    text, today = " ".join(text.split()), today_here()
    chips = list_chips(text, today)
    try:
        return Box(text, chips, today, make_query(text, Filters(), today))
    except QueryError as exc:
        return Box(text, chips, today, None, exc.message, exc.remedy)


def write_address(path: str, text: str, **more: str | int) -> str:
    """The address that shows a query, always the same one for it; what is empty is left out.

    >>> write_address("/search", "a b", sort="", page=2)
    '/search?q=a+b&page=2'
    """
    return f"{path}?{urlencode({'q': text} | {key: value for key, value in more.items() if value})}"


@router.get("/search/narrow")
def narrow(  # noqa: PLR0913, PLR0917 - one parameter a field of the form
    visitor: AnyReader,
    q: Text = "",
    to: Literal["search", "figures"] = "search",
    by: Annotated[str, Query(max_length=20)] = "",
    sort: Annotated[str, Query(max_length=20)] = "",
    seller: Annotated[str, Query(max_length=100)] = "",
    number: Annotated[str, Query(max_length=100)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    verified: Annotated[str, Query(max_length=5)] = "",
    currency: Annotated[str, Query(max_length=5)] = "",
    due: Annotated[str, Query(max_length=20)] = "",
    date_from: Annotated[str, Query(max_length=20)] = "",
    date_to: Annotated[str, Query(max_length=20)] = "",
    total_from: Annotated[str, Query(max_length=30)] = "",
    total_to: Annotated[str, Query(max_length=30)] = "",
) -> RedirectResponse:
    """Add filters from a form to a query, and show it."""
    del visitor
    chosen = {
        "seller": seller,
        "number": number,
        "status": status,
        "verified": verified,
        "currency": currency,
        "due": due,
        "date": write_span(date_from, date_to),
        "total": write_span(total_from, total_to),
    }
    return RedirectResponse(write_address(f"/{to}", put_filters(q, chosen)[:LONGEST], by=by, sort=sort), 303)

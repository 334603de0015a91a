"""Records: list, search, read and correct them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from invoicewatch.answers.find.as_json import hit_to_json
from invoicewatch.answers.find.filters import Typed, make_query, parse_filters, today_here
from invoicewatch.answers.find.hits import search_window
from invoicewatch.answers.records.set import enter, make_entries
from invoicewatch.answers.records.version import OvertakenError
from invoicewatch.answers.runs.retry import wake_daemon
from invoicewatch.records.as_json import dump_json
from invoicewatch.records.contract.record import ShownJson
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.find import MAX_SORTED, Found, Window
from invoicewatch.web.api.cursors import read_cursor, write_cursor, write_next
from invoicewatch.web.api.described import answers
from invoicewatch.web.api.shapes import FoundJson
from invoicewatch.web.api.versions import Shown, choose_version, is_known, read_shown
from invoicewatch.web.guard.caller import Described, MayRead, MayReview, TokenRoute
from invoicewatch.web.guard.refusals import make_problem
from invoicewatch.web.guard.visitor import get_site

router = APIRouter(prefix="/api/v1", tags=["records"], route_class=TokenRoute, dependencies=[Described])

_MOST = 2**62
Number = Annotated[int, InPath(ge=1, le=_MOST, description="The record's number.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str, Query(max_length=200, description="Where to go on: take `next` of the answer before.")]
Text = Annotated[str, Query(max_length=200)]
IfMatch = Annotated[str | None, Header(max_length=1000, description="The `ETag` of the record that you saw.")]
IfNoneMatch = Annotated[str | None, Header(max_length=1000, description="The `ETag` of what you have.")]


class ListOrder(StrEnum):
    """What a list begins with."""

    NEWEST = "newest"
    OLDEST = "oldest"


class SearchOrder(StrEnum):
    """What a search begins with."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"
    DATE = "date"
    DUE = "due"
    TOTAL = "total"
    SELLER = "seller"


class Correction(BaseModel):
    """What is right. Fields that are not named stay as they are."""

    model_config = ConfigDict(extra="forbid", strict=True)

    fields: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=1000)] | None] = Field(
        default={},
        max_length=100,
        description="Values by field (`status` among them), canonical or as a person types them; null: the document"
        " has no such field.",
    )
    undo: list[Annotated[str, Field(max_length=100)]] = Field(
        default=[], max_length=100, description="Fields of which all that was entered is taken back."
    )


@router.get("/records", responses=answers(FoundJson))
def list_records(  # noqa: PLR0913 - one parameter a filter
    request: Request,
    caller: MayRead,
    *,
    date_from: Text = "",
    date_to: Text = "",
    minimum: Text = "",
    maximum: Text = "",
    currency: Text = "",
    seller: Text = "",
    status: Annotated[list[str], Query(max_length=10)] = [],  # noqa: B006 - FastAPI copies it
    verified: bool | None = None,
    inbox: Text = "",
    since: Text = "",
    sort: ListOrder = ListOrder.NEWEST,
    limit: Limit = 25,
    cursor: Cursor = "",
) -> Response:
    """List records by the order in which they came; filters are those of `invoicewatch list`."""
    del caller
    typed = Typed(date_from, date_to, minimum, maximum, currency, seller, tuple(status), verified, inbox, since)
    today = today_here()
    window = Window(limit, sort=sort.value, beyond=read_cursor(sort.value, cursor))
    found = search_window(get_site(request).state_dir, make_query("", parse_filters(typed, today), today), window)
    after = write_cursor(sort.value, found.hits[-1].summary.id) if found.more else ""
    return _answer(request, found, after)


@router.get("/search", responses=answers(FoundJson))
def search_records(
    request: Request,
    caller: MayRead,
    *,
    q: Annotated[str, Query(max_length=1000, description="As `invoicewatch search` takes it: `acme total:>500`.")],
    sort: SearchOrder = SearchOrder.BEST,
    limit: Limit = 25,
    cursor: Cursor = "",
) -> Response:
    """Search by words and filters, the best first."""
    del caller
    today = today_here()
    offset = min(read_cursor("offset", cursor) or 0, MAX_SORTED)
    query = make_query(q, Filters(), today)
    found = search_window(get_site(request).state_dir, query, Window(limit, offset, sort.value))
    end = offset + limit
    if found.more and end >= MAX_SORTED:
        found = replace(found, more=False, complete=False)
    return _answer(request, found, write_cursor("offset", end) if found.more else "")


@router.get("/records/{number}", responses=answers(ShownJson) | {304: {"description": "You have it."}})
def read_record(request: Request, caller: MayRead, number: Number, if_none_match: IfNoneMatch = None) -> Response:
    """Read a record. Its `ETag` names the state that a change must name again."""
    del caller
    shown = read_shown(get_site(request).state_dir, number)
    if is_known(shown, if_none_match):
        return Response(status_code=304, headers={"ETag": shown.tag})
    return _show(shown)


@router.patch("/records/{number}", responses=answers(ShownJson, errors=(412, 428)))
def correct_record(
    request: Request, caller: MayReview, number: Number, correction: Correction, if_match: IfMatch = None
) -> Response:
    """Say what is right: it wins over the machine, now and after every later run.

    `If-Match` names the state that you saw; `*` changes the record whatever it is.
    """
    site, doer = get_site(request), caller.make_doer(request)
    shown = read_shown(site.state_dir, number)
    if if_match is None:
        return make_problem(428, "a change needs to know what you saw", "Send the record's ETag as If-Match.")
    entries = make_entries(((name, text or "") for name, text in correction.fields.items()), correction.undo)
    try:
        expected = choose_version(shown, if_match)
        enter(site.state_dir, number, entries, who=doer.who, when=doer.when, expected=expected)
    except OvertakenError as exc:
        return make_problem(412, exc.message, exc.remedy, exc.code)
    wake_daemon(site.state_dir)
    return _show(read_shown(site.state_dir, number))


def _show(shown: Shown) -> Response:
    return Response(dump_json(shown.values), media_type="application/json", headers={"ETag": shown.tag})


def _answer(request: Request, found: Found, cursor: str) -> Response:
    follows = write_next(request, cursor) if cursor else None
    values: FoundJson = {
        "records": [hit_to_json(hit) for hit in found.hits],
        "next": follows,
        "complete": found.complete,
    }
    headers = {"Link": f'<{follows}>; rel="next"'} if follows else {}
    return Response(dump_json(values), media_type="application/json", headers=headers)

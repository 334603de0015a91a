"""The pages of the review, and what its scripts look up."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.version import find_version
from invoicewatch.answers.review.pointed import understand
from invoicewatch.answers.review.progress import list_queued, list_settled, list_waiting_last
from invoicewatch.errors import ConfigError
from invoicewatch.records.typed import TypedValueError
from invoicewatch.web.guard.visitor import AnyEditor, Visitor, get_site
from invoicewatch.web.pages.review.document import name_page, read_document, read_numbers
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.words.formats import Formats

router = APIRouter(include_in_schema=False, prefix="/review")

_MOST_WATCHED = 100
_MOST_TYPED = 500


@router.get("")
def begin(request: Request, visitor: AnyEditor, later: str = "", last: str = "") -> Response:
    """Lead to the record that comes first, or say that nothing waits; ``last`` was answered before."""
    queue = list_waiting_last(get_site(request).state_dir, read_numbers(later))
    if queue:
        return RedirectResponse(name_page(queue[0], later, last), 303)
    return get_pages(request).show(request, "review_done.html", {"later": "", **_find_last(request)}, visitor)


@router.get("/understand")
def echo(request: Request, visitor: AnyEditor, field: str, text: str) -> JSONResponse:
    """How a typed value is understood, as the reader would write it; or why it is not."""
    formats = Formats(get_pages(request).find_locale(request, visitor))
    try:
        return JSONResponse({"value": formats.spell_value(understand(field, text[:_MOST_TYPED]))})
    except TypedValueError as exc:
        return JSONResponse({"problem": f"{exc.message}. {exc.remedy}"})


@router.get("/settled")
def tell_settled(request: Request, visitor: AnyEditor, of: str = "") -> JSONResponse:
    """Which of some records need no review any more, whether some are still to be judged, and how many wait in all."""
    del visitor
    state, numbers = get_site(request).state_dir, read_numbers(of)[:_MOST_WATCHED]
    working = not set(numbers).isdisjoint(list_queued(state))
    found = {"settled": list_settled(state, numbers), "working": working, "waiting": len(list_waiting_last(state))}
    return JSONResponse(found)


@router.get("/{number}")
def look(request: Request, visitor: AnyEditor, number: int, later: str = "", seen: int | None = None) -> Response:
    """One record; with ``seen``, how many entries somebody had seen, it says what was entered since."""
    return show_record(request, visitor, number, later, seen=seen)


def show_record(
    request: Request, visitor: Visitor, number: int, later: str, *, seen: int | None = None, **more: Any
) -> HTMLResponse:
    """The page of a record; ``more`` are a ``typed`` text with the ``field`` it is for, a ``problem``, a ``status``."""
    values = read_document(get_site(request).state_dir, number, read_numbers(later))
    since = [] if seen is None else values["stored"].entries[max(0, seen) :]
    said = {"field": "", "typed": "", "problem": "", **more}
    values |= {"overtaken": seen is not None, "since": since, **_find_last(request), **said}
    return get_pages(request).show(request, "review.html", values, visitor, said.get("status", 200))


def _find_last(request: Request) -> dict[str, Any]:
    """What the address says was answered last, so that it can be taken back without a script."""
    number, _, fields = request.query_params.get("last", "").partition(".")
    try:
        stored = read_invoice(get_site(request).state_dir, str(int(number)))
    except (ValueError, ConfigError):
        return {"last_number": 0, "last_fields": "", "last_version": ""}
    return {"last_number": stored.id, "last_fields": fields, "last_version": find_version(stored)}

"""The page of a document, and how far a reading of it is that somebody asked for."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.web.guard.visitor import AnyReader, Visitor, get_site
from invoicewatch.web.pages.record.gathering import find_told_job, gather_values
from invoicewatch.web.pages.shown import get_pages

router = APIRouter(include_in_schema=False, prefix="/record")


@router.get("/{number}")
def look(request: Request, visitor: AnyReader, number: int) -> HTMLResponse:
    """A document with everything about it."""
    return show_record(request, visitor, number)


@router.get("/{number}/reading")
def tell_reading(request: Request, visitor: AnyReader, number: int) -> HTMLResponse:
    """How far the latest reading of a document is, as a part of its page."""
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    values = {"stored": stored, "job": find_told_job(site.rereader, stored.id)}
    return get_pages(request).show(request, "record_reading.html", values, visitor)


def show_record(request: Request, visitor: Visitor, number: int, **more: Any) -> HTMLResponse:
    """The page of a document; ``more`` are a ``typed`` text with its ``field`` and ``problem``, ``seen``, ``status``.

    ``seen`` is how many entries somebody had seen: the page says what was entered since.
    """
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    seen = more.pop("seen", None)
    said = {"field": "", "typed": "", "problem": "", "status": 200, **more}
    values = gather_values(site.state_dir, stored, site.rereader)
    values |= {"overtaken": seen is not None, "since": [] if seen is None else stored.entries[max(0, seen) :], **said}
    return get_pages(request).show(request, "record.html", values, visitor, said["status"])

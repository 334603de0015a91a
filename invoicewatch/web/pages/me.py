"""How somebody wants the page: its language, and whether single keys act."""

from __future__ import annotations

from typing import Annotated

from babel import Locale
from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from invoicewatch.web.guard.visitor import AnyReader, Signed, get_site
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.people.accounts import change_habits

router = APIRouter(include_in_schema=False)


@router.get("/me")
def show_habits(request: Request, visitor: AnyReader, saved: bool = False) -> HTMLResponse:
    """The form."""
    pages = get_pages(request)
    languages = {name: (Locale(name).get_display_name(name) or name).capitalize() for name in pages.languages}
    return pages.show(request, "me.html", {"languages": languages, "saved": saved}, visitor)


@router.post("/me", dependencies=[Signed])
def save_habits(
    request: Request,
    visitor: AnyReader,
    language: Annotated[str, Form()] = "",
    shortcuts: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was chosen; an empty language is the browser's."""
    if language and language not in get_pages(request).languages:
        raise HTTPException(422, "This page is not written in that language.")
    change_habits(get_site(request).people, visitor.person, language=language, shortcuts=bool(shortcuts))
    return RedirectResponse("/me?saved=1", 303)

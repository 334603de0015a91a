"""Where to begin."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from invoicewatch.web.guard.visitor import AnyReader

router = APIRouter(include_in_schema=False)


@router.get("/")
def go_to_work(visitor: AnyReader) -> RedirectResponse:
    """Whoever may answer begins with what is asked, everybody else with what there is."""
    return RedirectResponse("/review" if visitor.may("editor") else "/search", 303)

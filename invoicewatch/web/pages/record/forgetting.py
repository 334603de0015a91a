"""Erase a document for good, once a person has read what that means."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse

from invoicewatch.answers.records.forget import erase, plan_erasure
from invoicewatch.answers.records.version import OvertakenError, find_version
from invoicewatch.web.guard.visitor import AnyAdmin, Signed, find_doer, get_site
from invoicewatch.web.pages.shown import get_pages

router = APIRouter(include_in_schema=False, prefix="/record")


@router.get("/{number}/forget")
def ask(request: Request, visitor: AnyAdmin, number: int) -> HTMLResponse:
    """What would go: the record alone, its file, and where the file holds several documents, those too."""
    state = get_site(request).state_dir
    plan = plan_erasure(state, str(number))
    whole = plan_erasure(state, str(number), whole_file=True)
    values = {"plan": plan, "whole": whole, "record_version": find_version(plan.stored)}
    return get_pages(request).show(request, "record_forget.html", values, visitor)


@router.post("/{number}/forget", dependencies=[Signed])
def forget(
    request: Request,
    visitor: AnyAdmin,
    number: int,
    version: Annotated[str, Form()],
    extent: Annotated[str, Form(pattern="record|file|whole")],
) -> RedirectResponse:
    """Do it: ``record`` erases no file, ``file`` the record with its file, ``whole`` all records of the file."""
    site = get_site(request)
    plan = plan_erasure(site.state_dir, str(number), keep_files=extent == "record", whole_file=extent == "whole")
    if find_version(plan.stored) != version:
        raise OvertakenError(f"record {number} was changed meanwhile", remedy="Look at it, and say again.")
    try:
        erase(site.state_dir, plan, find_doer(request, visitor))
    except OSError as exc:
        raise HTTPException(422, "The file cannot be deleted here, so nothing was erased.") from exc
    site.painter.forget()
    site.rereader.forget()
    return RedirectResponse("/", 303)

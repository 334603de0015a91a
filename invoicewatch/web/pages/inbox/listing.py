"""The page of the inbox: hand files in, see what became of them, and have those that failed tried again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from invoicewatch.answers.runs.handed import note_handed
from invoicewatch.answers.runs.retry import retry_files
from invoicewatch.errors import InvoicewatchError
from invoicewatch.web.guard.forms import FIELD, HEADER, is_signed
from invoicewatch.web.guard.refusals import find_status, make_problem, wants_json
from invoicewatch.web.guard.uploads import TooManyError
from invoicewatch.web.guard.visitor import AnyEditor, Signed, Visitor, find_doer, get_site
from invoicewatch.web.pages.inbox.made import InboxTools, get_tools, list_shown, make_values
from invoicewatch.web.pages.inbox.receive import Received
from invoicewatch.web.pages.shown import get_pages

router = APIRouter(include_in_schema=False)
Tools = Annotated[InboxTools, Depends(get_tools)]


@router.get("/inbox")
def show_inbox(request: Request, visitor: AnyEditor, tools: Tools) -> Response:
    """What is on its way, what failed, what is done."""
    return _show(request, visitor, tools)


@router.post("/inbox/upload")
async def take_files(request: Request, visitor: AnyEditor, tools: Tools) -> Response:
    """Take files in. A script hands in one at a time, a form without scripts all at once."""

    def check(fields: dict[str, str]) -> None:
        # Before a byte of a file is kept; the form's own field must come first.
        if not is_signed(visitor.key, request.headers.get(HEADER) or fields.get(FIELD, "")):
            raise HTTPException(403, "This page is too old. Load it again.")

    after = await run_in_threadpool(tools.watch.look_newest)
    received = await tools.receiver.receive(request, visitor.person.id, check)
    taken = [each.sha256 for each in received if each.refusal is None]
    await run_in_threadpool(note_handed, get_site(request).state_dir, taken, find_doer(request, visitor))
    refused = [each for each in received if each.refusal is not None]
    if wants_json(request):
        return _answer(received, refused, after)
    # What is shown next is to say what was handed in.
    tools.watch.forget_times()
    if refused:
        status = find_status(_first(refused))
        return await run_in_threadpool(_show, request, visitor, tools, refused, status)
    return RedirectResponse("/inbox", 303)


@router.post("/inbox/retry", dependencies=[Signed])
def try_again(
    request: Request, visitor: AnyEditor, file: Annotated[int | None, Form(ge=0, le=2**62)] = None
) -> Response:
    """Have a file that failed tried again; without a number all of them."""
    doer = find_doer(request, visitor)
    retried = retry_files(
        get_site(request).config, (), doer, failed=file is None, files=() if file is None else (file,)
    )
    if wants_json(request):
        return JSONResponse({"count": retried.count, "missing": len(retried.missing)})
    return RedirectResponse("/inbox", 303)


def _answer(received: list[Received], refused: list[Received], after: int) -> Response:
    files = [_describe(each) for each in received]
    if not refused:
        return JSONResponse({"files": files, "after": after}, 201)
    first = _first(refused)
    response = make_problem(find_status(first), first.message, first.remedy, first.code, files=files, after=after)
    if isinstance(first, TooManyError):
        response.headers["Retry-After"] = str(first.wait_s)
    return response


def _describe(received: Received) -> dict[str, Any]:
    if received.refusal is None:
        return {"given": received.given, "inbox": received.inbox, "name": received.name}
    return {"given": received.given, "code": received.refusal.code, "message": received.refusal.message}


def _first(refused: list[Received]) -> InvoicewatchError:
    first = refused[0].refusal
    assert first is not None, "these are refused"
    return first


def _show(
    request: Request, visitor: Visitor, tools: InboxTools, refused: list[Received] | None = None, status: int = 200
) -> Response:
    moment = tools.watch.look()
    values = make_values(request, tools, moment) | {"lists": list_shown(moment), "refused": refused or []}
    return get_pages(request).show(request, "inbox.html", values, visitor, status)

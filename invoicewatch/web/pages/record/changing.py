"""What the forms of a document's page do: set values, take them back, refuse edits, read again, try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.refuse import allow_edit, refuse_edit
from invoicewatch.answers.records.set import check_field, enter, make_entries
from invoicewatch.answers.records.version import OvertakenError
from invoicewatch.answers.runs.retry import retry_files
from invoicewatch.errors import ConfigError
from invoicewatch.store.records.entries import Entry
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.web.guard.refusals import wants_json
from invoicewatch.web.guard.visitor import AnyEditor, Signed, Visitor, find_doer, get_site
from invoicewatch.web.pages.record.looking import show_record
from invoicewatch.web.pages.review.judging import start_judging

router = APIRouter(include_in_schema=False, prefix="/record", dependencies=[Signed])

_MOST = 2**62
_MOST_DIGITS = 4


class Said(BaseModel):
    """What a form sends about a field: ``how`` is ``typed``, ``none``, ``undo``, or ``other:1`` for an alternative.

    ``version`` and ``seen`` (a number of entries) are of the record that was on the screen.
    """

    field: str
    how: str
    version: str
    typed: str = ""
    seen: int = 0


@router.post("/{number}/set")
def set_value(request: Request, visitor: AnyEditor, number: int, said: Annotated[Said, Form()]) -> Response:
    """Enter what a person says of a field, or take back what was entered."""
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))

    def change() -> None:
        entries = {check_field(said.field): read_entry(stored, said)}
        enter(
            site.state_dir,
            number,
            entries,
            who=visitor.person.name,
            when=datetime.now(UTC),
            expected=said.version,
        )
        start_judging(site.config)

    return _try_change(request, visitor, number, change, said, f"field-{said.field}")


@router.post("/{number}/edits/refuse")
def refuse(
    request: Request,
    visitor: AnyEditor,
    number: int,
    position: Annotated[int, Form(ge=0)],
    version: Annotated[str, Form()],
    seen: Annotated[int, Form()] = 0,
) -> Response:
    """Take one edit of the text back, and have the document read again without it."""
    site = get_site(request)

    def change() -> None:
        who, now = visitor.person.name, datetime.now(UTC)
        refuse_edit(site.state_dir, number, position, who=who, when=now, expected=version)
        site.rereader.ask(site.config, number, visitor.person.name)

    said = Said(field="", how="", version=version, seen=seen)
    return _try_change(request, visitor, number, change, said, "text")


@router.post("/{number}/edits/allow")
def allow(request: Request, visitor: AnyEditor, number: int, refusal: Annotated[int, Form(ge=0, le=_MOST)]) -> Response:
    """Allow an edit again, and have the document read again."""
    site = get_site(request)
    allow_edit(site.state_dir, number, refusal, who=visitor.person.name, when=datetime.now(UTC))
    site.rereader.ask(site.config, number, visitor.person.name)
    return _go_back(number, "text")


@router.post("/{number}/reread")
def read_again(request: Request, visitor: AnyEditor, number: int) -> Response:
    """Have a document read again."""
    site = get_site(request)
    site.rereader.ask(site.config, read_invoice(site.state_dir, str(number)).id, visitor.person.name)
    return _go_back(number, "reading")


@router.post("/{number}/retry")
def try_again(request: Request, visitor: AnyEditor, number: int) -> Response:
    """Give a document that failed another try by the daemon."""
    site = get_site(request)
    found = read_invoice(site.state_dir, str(number)).id
    retried = retry_files(site.config, [found], find_doer(request, visitor), failed=False, waiting=False)
    if retried.missing:
        raise HTTPException(422, "The file is gone, so it cannot be tried again.")
    return _go_back(number, "main")


def read_entry(stored: StoredInvoice, said: Said) -> Entry:
    """The entry that a form means. Raises ConfigError where it means none."""
    kind, _, which = said.how.partition(":")
    if kind == "typed":
        return make_entries([(said.field, said.typed.strip())])[said.field]
    if kind in {"none", "undo"}:
        return Entry(withdrawn=kind == "undo")
    field = stored.invoice.fields.get(said.field)
    others = field.alternatives if field else ()
    if (
        kind == "other"
        and which.isascii()
        and which.isdecimal()
        and len(which) <= _MOST_DIGITS
        and 1 <= int(which) <= len(others)
    ):
        return Entry(others[int(which) - 1].value)
    raise ConfigError(f"{said.how!r} says nothing of {said.field}", remedy="Load the page again.", code="no_change")


def _try_change(
    request: Request, visitor: Visitor, number: int, change: Callable[[], None], said: Said, place: str
) -> Response:
    """Change a record and go back to it; where that does not work, the page says why, with what was typed."""
    try:
        change()
    except OvertakenError:
        if wants_json(request):
            raise
        return show_record(request, visitor, number, seen=said.seen, status=409, field=said.field, typed=said.typed)
    except ConfigError as exc:
        if wants_json(request) or exc.code == "no_invoice":
            raise
        problem = f"{exc.message}. {exc.remedy}"
        return show_record(request, visitor, number, status=422, field=said.field, typed=said.typed, problem=problem)
    return _go_back(number, place)


def _go_back(number: int, place: str) -> RedirectResponse:
    return RedirectResponse(f"/record/{number}#{place}", 303)

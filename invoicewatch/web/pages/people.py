"""Who may come in, for those who may do everything: let in, change, shut out; and the tokens of programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from invoicewatch.errors import ConfigError
from invoicewatch.web.guard.visitor import AnyAdmin, Signed, Visitor, get_site
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.people.accounts import (
    LINK_VALID_S,
    Person,
    Purpose,
    add_person,
    change_right,
    disable_person,
    find_person,
    list_people,
    make_link,
)
from invoicewatch.web.people.notes import Note, note_by
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.tokens import list_tokens, revoke_token

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Form(max_length=200)]


@router.get("/people")
def show_people(request: Request, visitor: AnyAdmin) -> HTMLResponse:
    """Everybody, and every token."""
    return _show(request, visitor)


@router.post("/people/add", dependencies=[Signed])
def let_in(request: Request, visitor: AnyAdmin, name: Name, right: Annotated[Right, Form()]) -> Response:
    """Somebody new; their link is shown, once."""
    site = get_site(request)
    try:
        person = add_person(site.people, " ".join(name.split()), right, site.now_s(), _note(request, visitor))
    except ConfigError as exc:
        return _show(request, visitor, problem=exc, name=name)
    return _show_link(request, visitor, person)


@router.post("/people/reset", dependencies=[Signed])
def reset_password(request: Request, visitor: AnyAdmin, name: Name) -> Response:
    """A link with which somebody chooses a new password is shown, once. The old one works until they did."""
    return _show_link(request, visitor, find_person(get_site(request).people, name))


@router.post("/people/change", dependencies=[Signed])
def change(request: Request, visitor: AnyAdmin, name: Name, right: Annotated[Right, Form()]) -> Response:
    """Let somebody do more or less."""
    try:
        change_right(get_site(request).people, name, right, _note(request, visitor))
    except ConfigError as exc:
        return _show(request, visitor, problem=exc)
    return RedirectResponse("/people", 303)


@router.post("/people/disable", dependencies=[Signed])
def shut_out(request: Request, visitor: AnyAdmin, name: Name, undo: Annotated[bool, Form()] = False) -> Response:
    """Shut somebody out at once, or let them in again."""
    try:
        disable_person(get_site(request).people, name, disabled=not undo, note=_note(request, visitor))
    except ConfigError as exc:
        return _show(request, visitor, problem=exc)
    return RedirectResponse("/people", 303)


@router.post("/people/revoke", dependencies=[Signed])
def revoke(request: Request, visitor: AnyAdmin, token: Name) -> Response:
    """Take a token back at once."""
    revoke_token(get_site(request).people, token, _note(request, visitor))
    return RedirectResponse("/people", 303)


def _show_link(request: Request, visitor: Visitor, person: Person) -> HTMLResponse:
    site = get_site(request)
    note = _note(request, visitor)
    secret = make_link(site.people, person, Purpose.PASSWORD, site.now_s(), valid_s=LINK_VALID_S, note=note)
    return _show(request, visitor, link=f"{site.origins[0]}/enter/{secret}", linked=person)


def _show(
    request: Request,
    visitor: Visitor,
    *,
    problem: ConfigError | None = None,
    link: str = "",
    linked: Person | None = None,
    name: str = "",
) -> HTMLResponse:
    store = get_site(request).people
    values = {
        "people": list_people(store),
        "tokens": list_tokens(store),
        "problem": problem,
        "link": link,
        "linked": linked,
        "name": name,
        "when": lambda seconds: datetime.fromtimestamp(seconds, UTC),
    }
    return get_pages(request).show(request, "people.html", values, visitor, 422 if problem else 200)


def _note(request: Request, visitor: Visitor) -> Note:
    site = get_site(request)
    return note_by(site.state_dir, visitor.person.name, site.now_s())

"""Come in by password or one-time link, and go."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from invoicewatch.errors import ConfigError
from invoicewatch.web.guard.limits import name_place
from invoicewatch.web.guard.visitor import AnyReader, Signed, find_visitor, get_site
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.people.accounts import Person, Purpose, find_link, set_password, use_link
from invoicewatch.web.people.backoff import count_failure, find_wait_s, forget_failures
from invoicewatch.web.people.notes import note_by
from invoicewatch.web.people.sessions import begin_session, end_session, find_by_password

router = APIRouter(include_in_schema=False)


@router.get("/login")
def show_login(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """The form for name and password."""
    if find_visitor(request) is not None:
        return RedirectResponse(keep_local(next), 303)
    return _show_login(request, next)


@router.post("/login")
def log_in(
    request: Request,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the name in the form
) -> Response:
    """Begin a session, unless name and password do not belong together or were tried too often."""
    site = get_site(request)
    client = request.client.host if request.client else ""
    keys = (f"name {name[:64].casefold()}", name_place(client))
    with site.hashing:
        # Counted before the next one is looked at: many at once are as many guesses as one after the other.
        wait_s = max(find_wait_s(site.people, key, site.now_s()) for key in keys)
        person = None if wait_s else find_by_password(site.people, name, password)
        if person is None and not wait_s:
            for key in keys:
                count_failure(site.people, key, site.now_s())
    if person is None:
        return _show_login(request, next, name, wait_s)
    for key in keys:
        forget_failures(site.people, key)
    return _begin(request, person, keep_local(next))


@router.post("/logout", dependencies=[Signed])
def log_out(request: Request, visitor: AnyReader) -> Response:
    """End the session."""
    del visitor
    site = get_site(request)
    end_session(site.people, request.cookies[site.cookie])
    # Pictures of pages may still lie in the browser, which somebody else may use next.
    response = RedirectResponse("/login", 303, headers={"Clear-Site-Data": '"cache"'})
    response.delete_cookie(site.cookie, path="/", secure=site.secure, httponly=True, samesite="strict")
    return response


@router.get("/enter/{secret}")
def show_link(request: Request, secret: str) -> HTMLResponse:
    """What a one-time link is for. Only its button uses it up: mail programs look into links, too."""
    person, purpose = _find_link(request, secret)
    return get_pages(request).show(request, "enter.html", {"person": person, "purpose": purpose.value, "problem": ""})


@router.post("/enter/{secret}")
def use_one_time_link(request: Request, secret: str, password: Annotated[str, Form()] = "") -> Response:
    """Begin a session, with the password that was chosen if the link is for that."""
    site = get_site(request)
    person, purpose = _find_link(request, secret)
    if purpose is Purpose.PASSWORD:
        try:
            with site.hashing:
                note = note_by(site.state_dir, person.name, site.now_s())
                used = set_password(site.people, person, password, note, link=secret)
        except ConfigError as exc:
            values = {"person": person, "purpose": purpose.value, "problem": exc.remedy}
            return get_pages(request).show(request, "enter.html", values, status=422)
    else:
        used = use_link(site.people, secret)
    if not used:
        raise _refuse_link()
    return _begin(request, person, "/")


def keep_local(path: str) -> str:
    r"""The path, if it is one of this page; else its beginning. Browsers take a backslash for a slash.

    >>> keep_local("/search?q=a"), keep_local("//evil.example"), keep_local("/\\evil.example")
    ('/search?q=a', '/', '/')
    """
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain else "/"


def _find_link(request: Request, secret: str) -> tuple[Person, Purpose]:
    site = get_site(request)
    found = find_link(site.people, secret, site.now_s())
    if found is None:
        raise _refuse_link()
    return found


def _refuse_link() -> HTTPException:
    return HTTPException(404, "This link has been used, or its time is over. Ask for another one.")


def _begin(request: Request, person: Person, path: str) -> Response:
    site = get_site(request)
    end_session(site.people, request.cookies.get(site.cookie, ""))  # nobody could end it by hand any more
    response = RedirectResponse(path, 303)
    response.set_cookie(
        site.cookie,
        begin_session(site.people, person, site.now_s()),
        path="/",
        secure=site.secure,
        httponly=True,
        samesite="strict",
    )
    return response


def _show_login(request: Request, next_path: str, name: str = "", wait_s: float | None = None) -> HTMLResponse:
    """The form; with a wait, or 0 after a failure, it says why it is back."""
    status = 200 if wait_s is None else 429 if wait_s else 403
    values = {"next": keep_local(next_path), "name": name, "wait_s": wait_s}
    return get_pages(request).show(request, "login.html", values, status=status)

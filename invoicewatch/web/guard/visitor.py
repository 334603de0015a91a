"""Who is asking, and whether they may: dependencies that routes declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request

from invoicewatch.store.database.deed import Doer
from invoicewatch.web.guard.forms import FIELD, HEADER, is_signed, sign_form
from invoicewatch.web.people.accounts import Person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import find_session

if TYPE_CHECKING:
    from invoicewatch.web.site import Site


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is in, with the key that signs their forms."""

    person: Person
    key: bytes

    def may(self, right: str) -> bool:
        """Whether they may do what a right (``reader``, ``editor``, ``admin``) is needed for."""
        return self.person.right.includes(Right(right))

    def sign_form(self) -> str:
        """A signature for the forms of one page."""
        return sign_form(self.key)


class LoginNeededError(Exception):
    """Nobody is in; ``next_path`` is where to go once they are."""

    def __init__(self, next_path: str) -> None:
        super().__init__(next_path)
        self.next_path = next_path


def get_site(request: Request) -> Site:
    """The site that the app was made for."""
    site: Site = request.app.state.site
    return site


def find_doer(request: Request, visitor: Visitor) -> Doer:
    """Who does something now, as the log has it."""
    return Doer(visitor.person.name, datetime.fromtimestamp(get_site(request).now_s(), UTC))


def find_visitor(request: Request) -> Visitor | None:
    """Who is in, by the cookie."""
    site = get_site(request)
    secret = request.cookies.get(site.cookie)
    session = find_session(site.people, secret, site.now_s(), idle_s=site.idle_s) if secret else None
    return Visitor(session.person, session.key) if session else None


def need_visitor(request: Request) -> Visitor:
    """Who is in. Raises LoginNeededError if nobody is."""
    visitor = find_visitor(request)
    if visitor is None:
        query = f"?{request.url.query}" if request.url.query else ""
        raise LoginNeededError(quote(request.url.path) + query)
    return visitor


def need_editor(visitor: Annotated[Visitor, Depends(need_visitor)]) -> Visitor:
    """Who is in, if they may change records; to others there is no such page."""
    return _need(visitor, Right.EDITOR)


def need_admin(visitor: Annotated[Visitor, Depends(need_visitor)]) -> Visitor:
    """Who is in, if they may do everything; to others there is no such page."""
    return _need(visitor, Right.ADMIN)


def _need(visitor: Visitor, right: Right) -> Visitor:
    if not visitor.may(right):
        raise HTTPException(404)
    return visitor


async def need_signature(request: Request, visitor: Annotated[Visitor, Depends(need_visitor)]) -> None:
    """That a change comes from a form of ours: signed in its header, or in its hidden field. Raises HTTPException."""
    signature = request.headers.get(HEADER)
    if signature is None:
        signature = str((await request.form()).get(FIELD, ""))
    if not is_signed(visitor.key, signature):
        raise HTTPException(403, "This page is too old. Load it again.")


AnyReader = Annotated[Visitor, Depends(need_visitor)]
AnyEditor = Annotated[Visitor, Depends(need_editor)]
AnyAdmin = Annotated[Visitor, Depends(need_admin)]
Signed = Depends(need_signature)

"""Which program is asking, and whether it may: by a token in the header ``Authorization``, never by a cookie."""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from invoicewatch.store.database.deed import Doer
from invoicewatch.web.guard.limits import Limits, name_place
from invoicewatch.web.guard.visitor import get_site
from invoicewatch.web.people.tokens import Scope, Token, find_token

_BEARER = HTTPBearer(scheme_name="token", description="A token of `invoicewatch web token add`.", auto_error=False)
# For the OpenAPI document: it says how a token is sent.
Described = Security(_BEARER)


@dataclass(frozen=True, slots=True)
class Caller:
    """A program that is in; ``secret`` is its token's."""

    token: Token
    secret: str

    def make_doer(self, request: Request) -> Doer:
        """Who does something now, as the log has it."""
        return Doer(self.token.who, datetime.fromtimestamp(get_site(request).now_s(), UTC))


class TokenRoute(APIRoute):
    """A route of the API: who asks is known before anything of the request is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's, behind the token."""
        answer = super().get_route_handler()

        async def answer_caller(request: Request) -> Response:
            request.state.caller = await run_in_threadpool(find_caller, request)
            return await answer(request)

        return answer_caller


def find_caller(request: Request) -> Caller:
    """The program that asks. Raises HTTPException: its token is not good, or it asks too often."""
    site = get_site(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip() if scheme.lower() == "bearer" else ""
    token = find_token(site.people, secret, site.now_s()) if secret else None
    client = request.client.host if request.client else ""
    wait_s = _get_limits(request).take(f"token {token.id}" if token else name_place(client), site.now_s())
    if wait_s > 0:
        raise HTTPException(429, "That is too often.", {"Retry-After": str(math.ceil(wait_s))})
    if token is None:
        raise HTTPException(401, "This needs a good token.", {"WWW-Authenticate": 'Bearer realm="invoicewatch"'})
    return Caller(token, secret)


def need(scope: Scope) -> Callable[[Request], Caller]:
    """A dependency: the program that asks, if its token is good for ``scope``; to others there is no such thing."""

    def need_scope(request: Request) -> Caller:
        caller: Caller = request.state.caller
        if not caller.token.may(scope):
            raise HTTPException(404)
        return caller

    return need_scope


def _get_limits(request: Request) -> Limits:
    state = request.app.state
    if not hasattr(state, "limits"):
        # Two threads may both make one; the loser's has counted a request at most.
        state.limits = Limits()
    limits: Limits = state.limits
    return limits


MayRead = Annotated[Caller, Depends(need(Scope.READ))]
MaySubmit = Annotated[Caller, Depends(need(Scope.SUBMIT))]
MayReview = Annotated[Caller, Depends(need(Scope.REVIEW))]

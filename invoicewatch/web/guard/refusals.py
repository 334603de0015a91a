"""How errors look: to programs as problem+json (RFC 9457), to people as a page; never with a traceback."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from invoicewatch.errors import ConfigError, DocumentError, InvoicewatchError, TransientError
from invoicewatch.web.guard.uploads import TooManyError
from invoicewatch.web.guard.visitor import LoginNeededError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI, Request

_NOT_THERE = frozenset({"no_invoice"})
_LOGGED = "logged as "
_PLAIN = re.compile(r"[A-Za-z_-]{1,40}")
_IN_THE_WAY = frozenset({"overtaken", "in_work"})
_OWN_STATUS = {"too_large": 413, "unsupported": 415, "too_many": 429, "disk_full": 507}


def handle_refusals(app: FastAPI, show: Callable[[Request, int, str, str], Response]) -> None:
    """Have ``show(request, status, message, remedy)`` make the page of an error that a person gets."""

    def refuse(request: Request, status: int, message: str, remedy: str = "", code: str = "") -> Response:
        if wants_json(request):
            return make_problem(status, message, remedy, code)
        return show(request, status, message, remedy)

    def on_login(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, LoginNeededError), "it is registered for these"
        if wants_json(request) or request.method not in {"GET", "HEAD"}:
            return refuse(request, 401, "You are not logged in.")
        return RedirectResponse(f"/login?{urlencode({'next': exc.next_path})}", 303)

    def on_http(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, HTTPException), "it is registered for these"
        detail = "" if exc.detail == HTTPStatus(exc.status_code).phrase else str(exc.detail)
        response = refuse(request, exc.status_code, detail or HTTPStatus(exc.status_code).phrase)
        response.headers.update(exc.headers or {})
        return response

    def on_ours(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, InvoicewatchError), "it is registered for these"
        response = refuse(request, find_status(exc), exc.message, exc.remedy, exc.code)
        if isinstance(exc, TooManyError):
            response.headers["Retry-After"] = str(exc.wait_s)
        return response

    def on_nonsense(request: Request, exc: Exception) -> Response:
        assert isinstance(exc, RequestValidationError), "it is registered for these"
        # Where, never what: the value may be anything.
        words = ([str(word) for word in error["loc"][:2]] for error in exc.errors())
        places = dict.fromkeys(".".join(filter(_PLAIN.fullmatch, each)) for each in words)
        named = f" ({', '.join(places)})" if wants_json(request) else ""
        return refuse(request, 422, f"This cannot be understood{named}.")

    app.add_exception_handler(LoginNeededError, on_login)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(InvoicewatchError, on_ours)
    app.add_exception_handler(RequestValidationError, on_nonsense)
    app.add_exception_handler(Exception, lambda request, exc: refuse(request, 500, log_fault(exc)))


def find_status(exc: InvoicewatchError) -> int:
    """The HTTP status that says the same as one of our errors."""
    if exc.code in _NOT_THERE:
        return 404
    if exc.code in _IN_THE_WAY:
        return 409
    if exc.code in _OWN_STATUS:
        return _OWN_STATUS[exc.code]
    if isinstance(exc, ConfigError):
        return 422
    if isinstance(exc, DocumentError):
        return 422
    return 503 if isinstance(exc, TransientError) else 500


def wants_json(request: Request) -> bool:
    """Whether a program asks, ours in the browser or another one."""
    return request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", "")


def make_problem(status: int, message: str, remedy: str = "", code: str = "", **more: Any) -> JSONResponse:
    """An error as RFC 9457 writes it, with the program's own code and remedy."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        "code": code or HTTPStatus(status).phrase.lower().replace(" ", "_"),
        "remedy": remedy,
        **more,
    }
    return JSONResponse(content, status, media_type="application/problem+json")


def log_fault(exc: Exception) -> str:
    """Log where it happened, once, and nothing of what was read: a message may quote a document."""
    logged = [note for note in getattr(exc, "__notes__", ()) if note.startswith(_LOGGED)]
    if logged:
        return f"Something went wrong here. The log has it under {logged[0].removeprefix(_LOGGED)}."
    reference = secrets.token_hex(4)
    exc.add_note(f"{_LOGGED}{reference}")
    traceback, places = exc.__traceback__, []
    while traceback is not None:
        places.append(f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    structlog.get_logger().error("fault", reference=reference, kind=type(exc).__name__, places=places[-6:])
    return f"Something went wrong here. The log has it under {reference}."

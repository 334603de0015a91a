"""The outermost ring: unknown hosts and foreign origins are turned away, bodies are counted, headers are set.

Plain ASGI, so that streams of events pass unharmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from invoicewatch.web.guard.refusals import log_fault, make_problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1 << 20
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SAME = frozenset({"same-origin", "none"})
# Nothing inline, nothing from elsewhere; pictures of pages come from here too.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


class Edge:
    """The first thing a request meets. ``upload_paths`` count what they receive themselves."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], upload_paths: frozenset[str]) -> None:
        self._app = app
        self._origins = origins
        self._hosts = frozenset(urlsplit(origin).netloc for origin in origins)
        self._upload_paths = upload_paths
        self._secure = origins[0].startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or turn it away."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            await self._answer(scope, receive, self._with_headers(send))
        except Exception as exc:  # noqa: BLE001 - the server would log its words, which may quote a document
            log_fault(exc)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif scope["path"] in self._upload_paths:
            await self._app(scope, receive, send)
        else:
            await self._app(scope, _Counted(receive).receive, send)

    def _refuse(self, scope: Scope) -> Response | None:
        found = self._find_fault(scope)
        if found is None:
            return None
        status, words = found
        if scope["path"].startswith("/api/"):
            return make_problem(status, words)
        return PlainTextResponse(f"{words}\n", status)

    def _find_fault(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            return 421, "This is not the name of this page ([web] origin)."
        if scope["method"] not in _SAFE and not self._is_ours(headers, scope["path"]):
            return 403, "This request comes from another page."
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return 400, "Bad length."
        if int(length[:20]) > MAX_BODY_BYTES and scope["path"] not in self._upload_paths:
            return 413, "Too large."
        return None

    def _is_ours(self, headers: Headers, path: str) -> bool:
        """Whether our own page asked for a change. Programs with a token have no origin; for them no cookie counts."""
        origin = headers.get("origin")
        if origin is not None:
            return origin.lower() in self._origins
        if "sec-fetch-site" in headers:
            return headers["sec-fetch-site"] in _SAME
        return path.startswith("/api/") or "cookie" not in headers

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        return send_with_headers


class _Counted:
    """A body that is cut off where it becomes too long."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def receive(self) -> Message:
        """The next piece. Raises TooLargeError."""
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MAX_BODY_BYTES:
            raise TooLargeError
        return message


class TooLargeError(HTTPException):
    """A body without a stated length went on for too long."""

    def __init__(self) -> None:
        super().__init__(413, "Too large.")

"""Post the event's JSON to a URL, signed so that the receiver knows who sent it and that nobody changed it.

``X-Invoicewatch-Signature: sha256=`` and the HMAC-SHA256 (RFC 2104) of the body in hexadecimal, by the shared secret.
The body holds ``time`` and ``notice``: a receiver can refuse what is old or was there before.
"""

from __future__ import annotations

import hashlib
import hmac
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from invoicewatch import __version__
from invoicewatch.daemon.tell.channel import UndeliverableError
from invoicewatch.daemon.tell.event import Event
from invoicewatch.errors import TransientError

SIGNATURE = "X-Invoicewatch-Signature"
_MAY_PASS = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def sign(body: bytes, secret: bytes) -> str:
    """The value of the signature's header."""
    return f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed notice goes to the address that was named, and to no other."""

    def redirect_request(self, *_args: Any) -> None:
        return


class WebhookChannel:
    """An address that takes notices. Answers from 200 to 299 mean that it was taken."""

    def __init__(self, url: str, secret: bytes, timeout_s: float) -> None:
        self.name = f"webhook {urlsplit(url).hostname}"
        self._url = url
        self._secret = secret
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(_NoRedirect)

    def deliver(self, event: Event) -> None:
        """Post it. Raises TransientError if it may be taken later, UndeliverableError if it was refused."""
        body = event.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"invoicewatch/{__version__}",
            "X-Invoicewatch-Event": str(event.kind),
            SIGNATURE: sign(body, self._secret),
        }
        try:
            request = urllib.request.Request(self._url, body, headers, method="POST")  # noqa: S310 - settings allow http(s) only
            self._opener.open(request, timeout=self._timeout_s).close()
        except urllib.error.HTTPError as exc:
            exc.close()
            raise _judge(exc.code) from exc
        except (OSError, HTTPException, ValueError) as exc:
            # The text of an error may quote the URL, and with it a token.
            cause = exc.reason if isinstance(exc, urllib.error.URLError) and isinstance(exc.reason, OSError) else exc
            detail = getattr(cause, "strerror", None) or type(cause).__name__
            raise TransientError(f"it cannot be reached: {detail}") from exc

    def stop(self) -> None:
        """The time limit ends it."""


def _judge(code: int) -> TransientError | UndeliverableError:
    message = f"it answered {code}"
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _MAY_PASS:
        return TransientError(message)
    return UndeliverableError(message)

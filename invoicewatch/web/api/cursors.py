"""Where a list or a search goes on: opaque to programs, and worth nothing to whoever makes one up."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlencode

from fastapi import Request

from invoicewatch.errors import ConfigError

_LONGEST = 40
_MOST = 2**62


def write_cursor(kind: str, number: int) -> str:
    """A place in a list of some kind.

    >>> read_cursor("after", write_cursor("after", 17))
    17
    """
    return base64.urlsafe_b64encode(f"{kind} {number}".encode()).decode().rstrip("=")


def read_cursor(kind: str, text: str) -> int | None:
    """The place; None for no text. Raises ConfigError for what no list of this kind wrote."""
    if not text:
        return None
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        words = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (UnicodeError, binascii.Error):
        words = ""
    name, _, number = words.partition(" ")
    if len(text) > _LONGEST or name != kind or not number.isdigit() or int(number) > _MOST:
        raise ConfigError(
            "this cursor is none of this list", remedy="Take `next` as it is, or begin without one.", code="cursor"
        )
    return int(number)


def write_next(request: Request, cursor: str) -> str:
    """The path of the same request from a cursor on."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*query, ('cursor', cursor)])}"

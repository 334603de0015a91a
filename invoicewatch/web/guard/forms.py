"""The signature of a form: that a change comes from a page which this session was shown.

Each page gets another one (HMAC-SHA-256 over fresh salt), so that compression gives nothing of it away (BREACH).
"""

from __future__ import annotations

import hmac
import secrets

FIELD = "csrf"
HEADER = "x-csrf-token"
_SALT_BYTES = 16


def sign_form(key: bytes) -> str:
    """A signature for the forms of one page."""
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{salt}.{_sign(key, salt)}"


def is_signed(key: bytes, signature: str) -> bool:
    """Whether the session with this key was shown that signature.

    >>> is_signed(b"key", sign_form(b"key")), is_signed(b"key", sign_form(b"other")), is_signed(b"key", "é")
    (True, False, False)
    """
    salt, _, signed = signature.partition(".")
    return hmac.compare_digest(_sign(key, salt).encode(), signed.encode("utf-8", errors="replace"))


def _sign(key: bytes, salt: str) -> str:
    return hmac.new(key, salt.encode("utf-8", errors="replace"), "sha256").hexdigest()

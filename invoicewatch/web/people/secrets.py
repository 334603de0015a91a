"""Secrets that are handed out, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32


def make_secret() -> str:
    """A secret of 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def hash_secret(secret: str) -> str:
    """What is kept of it. It has 256 bits, so nothing slower than SHA-256 is needed.

    >>> hash_secret("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(secret.encode("utf-8", errors="surrogateescape")).hexdigest()

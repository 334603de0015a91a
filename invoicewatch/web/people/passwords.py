"""Passwords as they are kept: argon2id (RFC 9106) with the smallest memory that OWASP's cheat sheet recommends.

19 MiB and two passes: the page promises to stay small, and its callers hash one password at a time.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from invoicewatch.errors import ConfigError

SHORTEST = 10
_LONGEST = 1000
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """What is kept of a password. Raises ConfigError if it is too short or too long."""
    if not SHORTEST <= len(password) <= _LONGEST:
        remedy = f"Choose one of at least {SHORTEST} characters: several words are good."
        raise ConfigError("this password cannot be used", remedy=remedy, code="password")
    return _HASHER.hash(password)


def fits_password(kept: str | None, password: str) -> bool:
    """Whether it is the password. Without anything kept the same time is spent, and nothing fits."""
    if len(password) > _LONGEST:
        return False
    try:
        return _HASHER.verify(kept or _NOBODYS, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


_NOBODYS = _HASHER.hash("the password of nobody, against which names that do not exist are compared")

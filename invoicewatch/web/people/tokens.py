"""Tokens: secrets with which programs use the API, for a person and for no more than they may do themselves."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.errors import ConfigError
from invoicewatch.store.database.deed import Deed
from invoicewatch.web.people.accounts import Person, make_person
from invoicewatch.web.people.notes import Note, note_nowhere
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.secrets import hash_secret, make_secret
from invoicewatch.web.people.store import PeopleStore

# So that whoever finds one, or looks for lost ones, knows what it is.
PREFIX = "iwt_"
_NAME = re.compile(r"[\w][\w.@ -]{0,63}")
_LONGEST_SECRET = 100
_SEEN_EVERY_S = 60.0
_ALL = """SELECT person.*, token.id AS token_id, token.name AS token_name, scopes, token.created_s AS given_s,
    token.seen_s AS used_s, ends_s FROM token JOIN person ON person.id = person_id ORDER BY token.name"""
_ONE = """SELECT person.*, token.id AS token_id, token.name AS token_name, scopes, token.created_s AS given_s,
    token.seen_s AS used_s, ends_s FROM token JOIN person ON person.id = person_id
    WHERE token.hash = ? AND (ends_s IS NULL OR ends_s > ?) AND NOT disabled"""


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    """List, search, read and export."""
    SUBMIT = "submit"
    """Hand in files and follow them."""
    REVIEW = "review"
    """Correct."""

    @property
    def right(self) -> Right:
        """What its person must be allowed to do themselves."""
        return Right.READER if self is Scope.READ else Right.EDITOR


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; times are Unix seconds, ``ends_s`` None for one that does not end."""

    id: int
    name: str
    person: Person
    scopes: frozenset[Scope]
    created_s: float
    seen_s: float | None
    ends_s: float | None

    def may(self, scope: Scope) -> bool:
        """Whether it is good for that, and its person still may do it."""
        return scope in self.scopes and self.person.right.includes(scope.right)

    @property
    def who(self) -> str:
        """How the log calls whoever uses it."""
        return f"{self.person.name} (token {self.name})"


def add_token(
    store: PeopleStore,
    name: str,
    person: Person,
    scopes: Collection[Scope],
    now_s: float,
    *,
    valid_s: float | None = None,
    note: Note = note_nowhere,
) -> str:
    """The secret of a new token, which is kept nowhere.

    Raises:
        ConfigError: The name is taken or cannot be one, or it would be good for nothing.
    """
    if not _NAME.fullmatch(name):
        remedy = "Use letters, digits, blanks and . @ _ -, at most 64 in all."
        raise ConfigError(f"{name!r} cannot be the name of a token", remedy=remedy, code="token")
    if not scopes:
        raise ConfigError("a token for nothing", remedy="Say what it is good for: read, submit, review.", code="token")
    secret = PREFIX + make_secret()
    words = " ".join(scope.value for scope in Scope if scope in scopes)
    with store.begin() as connection:
        if connection.execute("SELECT 1 FROM token WHERE name = ?", (name,)).fetchone():
            raise ConfigError(f"there is a token called {name!r} already", remedy="Name it otherwise.", code="token")
        connection.execute(
            "INSERT INTO token (hash, person_id, name, scopes, created_s, ends_s) VALUES (?, ?, ?, ?, ?, ?)",
            (hash_secret(secret), person.id, name, words, now_s, None if valid_s is None else now_s + valid_s),
        )
        note(f"{person.name} (token {name})", "scopes", None, words, what=Deed.TOKEN)
    return secret


def find_token(store: PeopleStore, secret: str, now_s: float) -> Token | None:
    """The token of a secret; None if there is none, it has ended, or its person is shut out."""
    if not secret.startswith(PREFIX) or len(secret) > _LONGEST_SECRET:
        return None
    rows = store.rows(_ONE, hash_secret(secret), now_s)
    if not rows:
        return None
    token = _make_token(rows[0])
    if token.seen_s is None or token.seen_s < now_s - _SEEN_EVERY_S:
        with store.begin() as connection:
            connection.execute("UPDATE token SET seen_s = ? WHERE id = ?", (now_s, token.id))
    return token


def list_tokens(store: PeopleStore) -> list[Token]:
    """All of them, by name."""
    return [_make_token(row) for row in store.rows(_ALL)]


def revoke_token(store: PeopleStore, name: str, note: Note = note_nowhere) -> Token:
    """Take a token back at once; which it was. Raises ConfigError if there is none of that name."""
    token = next((each for each in list_tokens(store) if each.name == name), None)
    if token is None:
        remedy = "`invoicewatch web token list` shows them."
        raise ConfigError(f"there is no token called {name!r}", remedy=remedy, code="token")
    with store.begin() as connection:
        connection.execute("DELETE FROM token WHERE id = ?", (token.id,))
        words = " ".join(scope.value for scope in Scope if scope in token.scopes)
        note(f"{token.person.name} (token {name})", "scopes", words, None, what=Deed.TOKEN)
    return token


def _make_token(row: sqlite3.Row) -> Token:
    return Token(
        id=row["token_id"],
        name=row["token_name"],
        person=make_person(row),
        scopes=frozenset(map(Scope, row["scopes"].split())),
        created_s=row["given_s"],
        seen_s=row["used_s"],
        ends_s=row["ends_s"],
    )

"""Sessions: begun with a password or a link, known by a secret in a cookie, ended by time or by hand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from invoicewatch.web.people.accounts import Person, make_person
from invoicewatch.web.people.passwords import fits_password
from invoicewatch.web.people.secrets import hash_secret, make_secret
from invoicewatch.web.people.store import PeopleStore

LONGEST_S = 7 * 86_400.0
_SEEN_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Session:
    """Who is in, and the key that this session's forms are signed with."""

    person: Person
    key: bytes


def find_by_password(store: PeopleStore, name: str, password: str) -> Person | None:
    """Whose name and password these are; it takes the same time when nobody's."""
    rows = store.rows("SELECT * FROM person WHERE name = ? AND NOT disabled", name)
    fits = fits_password(rows[0]["password"] if rows else None, password)
    return make_person(rows[0]) if fits and rows else None


def begin_session(store: PeopleStore, person: Person, now_s: float) -> str:
    """The secret of a new session; of none if they were shut out meanwhile."""
    secret = make_secret()
    with store.begin() as connection:
        connection.execute("DELETE FROM session WHERE begun_s < ?", (now_s - LONGEST_S,))
        connection.execute(
            # Whoever was shut out while they came in stays out, when they are let in again, too.
            "INSERT INTO session SELECT ?, id, ?, ?, ? FROM person WHERE id = ? AND NOT disabled",
            (hash_secret(secret), secrets.token_bytes(32), now_s, now_s, person.id),
        )
        connection.execute("UPDATE person SET seen_s = ? WHERE id = ?", (now_s, person.id))
    return secret


def find_session(store: PeopleStore, secret: str, now_s: float, *, idle_s: float, used: bool = True) -> Session | None:
    """The session of a secret, unless it has ended: unused for ``idle_s``, or begun more than a week ago.

    That it is asked for is a use of it, unless ``used`` says otherwise.
    """
    hashed = hash_secret(secret)
    rows = store.rows(
        "SELECT person.*, key, session.seen_s AS used_s FROM session JOIN person ON person.id = person_id"
        " WHERE hash = ? AND session.seen_s > ? AND begun_s > ? AND NOT disabled",
        hashed,
        now_s - idle_s,
        now_s - LONGEST_S,
    )
    if not rows:
        return None
    if used and rows[0]["used_s"] < now_s - _SEEN_EVERY_S:
        with store.begin() as connection:
            connection.execute("UPDATE session SET seen_s = ? WHERE hash = ?", (now_s, hashed))
    return Session(make_person(rows[0]), rows[0]["key"])


def end_session(store: PeopleStore, secret: str) -> None:
    """End it; a secret of none ends nothing."""
    with store.begin() as connection:
        connection.execute("DELETE FROM session WHERE hash = ?", (hash_secret(secret),))

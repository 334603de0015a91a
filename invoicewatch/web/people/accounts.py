"""People: add, list, change, disable; and the one-time links through which they come in."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.errors import ConfigError
from invoicewatch.web.people.notes import Note, note_nowhere
from invoicewatch.web.people.passwords import hash_password
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.secrets import hash_secret, make_secret
from invoicewatch.web.people.store import PeopleStore

LINK_VALID_S = 86_400.0
"""How long somebody has to choose a password by a link."""
_NAME = re.compile(r"[\w][\w.@ -]{0,63}")


class Purpose(StrEnum):
    """What a one-time link is for."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    """Whoever has it chooses a password and is in."""
    ENTRY = "entry"
    """Whoever has it is in: printed only on the terminal of the one who started the page."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may come in; ``created_s`` and ``seen_s`` are Unix seconds, ``language`` empty for the browser's."""

    id: int
    name: str
    right: Right
    has_password: bool
    disabled: bool
    created_s: float
    seen_s: float | None
    language: str
    shortcuts: bool


def add_person(store: PeopleStore, name: str, right: Right, now_s: float, note: Note = note_nowhere) -> Person:
    """Somebody new, who has no password yet. Raises ConfigError if the name is taken or cannot be one."""
    if not _NAME.fullmatch(name):
        remedy = "Use letters, digits, blanks and . @ _ -, at most 64 in all."
        raise ConfigError(f"{name!r} cannot be a name", remedy=remedy, code="person")
    with store.begin() as connection:
        if connection.execute("SELECT 1 FROM person WHERE name = ?", (name,)).fetchone():
            raise ConfigError(f"there is somebody called {name!r} already", code="person")
        connection.execute("INSERT INTO person (name, right, created_s) VALUES (?, ?, ?)", (name, right.value, now_s))
        note(name, "right", None, right.value)
    return find_person(store, name)


def find_person(store: PeopleStore, name: str) -> Person:
    """The person of that name, capitals aside. Raises ConfigError if there is nobody."""
    rows = store.rows("SELECT * FROM person WHERE name = ?", name)
    if not rows:
        raise ConfigError(
            f"there is nobody called {name!r}", remedy="`invoicewatch web user list` shows who is.", code="person"
        )
    return make_person(rows[0])


def list_people(store: PeopleStore) -> list[Person]:
    """Everybody, by name."""
    return [make_person(row) for row in store.rows("SELECT * FROM person ORDER BY name")]


def disable_person(store: PeopleStore, name: str, *, disabled: bool, note: Note = note_nowhere) -> Person:
    """Shut somebody out, whose sessions, links and tokens end, or let them in again.

    Raises:
        ConfigError: There is nobody of that name, or nobody would be left who may do everything.
    """
    person = find_person(store, name)
    with store.begin() as connection:
        connection.execute("UPDATE person SET disabled = ? WHERE id = ?", (disabled, person.id))
        _check_governed(connection, person)
        if disabled:
            end_everything(connection, person.id)
            connection.execute("DELETE FROM token WHERE person_id = ?", (person.id,))
        note(person.name, "disabled", str(person.disabled).lower(), str(disabled).lower())
    return find_person(store, name)


def change_right(store: PeopleStore, name: str, right: Right, note: Note = note_nowhere) -> Person:
    """Let somebody do more or less.

    Raises:
        ConfigError: There is nobody of that name, or nobody would be left who may do everything.
    """
    person = find_person(store, name)
    with store.begin() as connection:
        connection.execute("UPDATE person SET right = ? WHERE id = ?", (right.value, person.id))
        _check_governed(connection, person)
        note(person.name, "right", person.right.value, right.value)
    return find_person(store, name)


def _check_governed(connection: sqlite3.Connection, before: Person) -> None:
    """See that somebody who may do everything is left, if whoever changed was one."""
    if before.disabled or before.right is not Right.ADMIN:
        return
    left = "SELECT 1 FROM person WHERE right = ? AND NOT disabled"
    if connection.execute(left, (Right.ADMIN.value,)).fetchone() is None:
        raise ConfigError(
            "nobody would be left who may do everything", remedy="Make somebody else admin first.", code="last_admin"
        )


def change_habits(store: PeopleStore, person: Person, *, language: str, shortcuts: bool) -> None:
    """How somebody wants the page: its language, and whether single keys act."""
    with store.begin() as connection:
        connection.execute(
            "UPDATE person SET language = ?, shortcuts = ? WHERE id = ?", (language, shortcuts, person.id)
        )


def set_password(
    store: PeopleStore, person: Person, password: str, note: Note = note_nowhere, *, link: str | None = None
) -> bool:
    """Give somebody a password; all sessions and links of before end. Raises ConfigError.

    False, and nothing done, if it is chosen by a ``link`` (its secret) that somebody else was faster to use.
    """
    kept = hash_password(password)
    with store.begin() as connection:
        if link is not None and not _take_link(connection, link):
            return False
        connection.execute("UPDATE person SET password = ? WHERE id = ?", (kept, person.id))
        end_everything(connection, person.id)
        note(person.name, "password", None, None)
    return True


def make_link(
    store: PeopleStore,
    person: Person,
    purpose: Purpose,
    now_s: float,
    *,
    valid_s: float,
    note: Note = note_nowhere,
) -> str:
    """The secret of a link that works once, until it ends; an earlier one of its kind does no more."""
    secret = make_secret()
    with store.begin() as connection:
        connection.execute("DELETE FROM link WHERE person_id = ? AND purpose = ?", (person.id, purpose.value))
        connection.execute(
            "INSERT INTO link VALUES (?, ?, ?, ?)", (hash_secret(secret), person.id, purpose.value, now_s + valid_s)
        )
        note(person.name, f"link for {purpose}", None, None)
    return secret


def find_link(store: PeopleStore, secret: str, now_s: float) -> tuple[Person, Purpose] | None:
    """Whose link it is and what for; None if there is none, it has been used, or it has ended."""
    rows = store.rows(
        "SELECT person.*, purpose FROM link JOIN person ON person.id = person_id"
        " WHERE hash = ? AND ends_s > ? AND NOT disabled",
        hash_secret(secret),
        now_s,
    )
    return (make_person(rows[0]), Purpose(rows[0]["purpose"])) if rows else None


def use_link(store: PeopleStore, secret: str) -> bool:
    """Take it away; False if somebody else was faster."""
    with store.begin() as connection:
        return _take_link(connection, secret)


def _take_link(connection: sqlite3.Connection, secret: str) -> bool:
    return connection.execute("DELETE FROM link WHERE hash = ?", (hash_secret(secret),)).rowcount == 1


def end_everything(connection: sqlite3.Connection, person_id: int) -> None:
    """End somebody's sessions and links."""
    connection.execute("DELETE FROM session WHERE person_id = ?", (person_id,))
    connection.execute("DELETE FROM link WHERE person_id = ?", (person_id,))


def make_person(row: sqlite3.Row) -> Person:
    """The person of a row of ``person``."""
    return Person(
        id=row["id"],
        name=row["name"],
        right=Right(row["right"]),
        has_password=row["password"] is not None,
        disabled=bool(row["disabled"]),
        created_s=row["created_s"],
        seen_s=row["seen_s"],
        language=row["language"],
        shortcuts=bool(row["shortcuts"]),
    )

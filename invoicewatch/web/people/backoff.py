"""Whoever fails to log in waits longer each time."""

from __future__ import annotations

from invoicewatch.web.people.store import PeopleStore

_FREE = 5
_LONGEST_S = 900.0
_FORGOTTEN_AFTER_S = 86_400.0


def find_wait_s(store: PeopleStore, who: str, now_s: float) -> float:
    """How long ``who`` (a name or an address) has to wait yet, in seconds: after five failures 1, then 2, 4 ... 900."""
    rows = store.rows("SELECT count, last_s FROM failure WHERE who = ?", who)
    if not rows or rows[0]["count"] < _FREE:
        return 0.0
    wait_s: float = min(_LONGEST_S, 2.0 ** min(rows[0]["count"] - _FREE, 20))
    return max(0.0, float(rows[0]["last_s"]) + wait_s - now_s)


def count_failure(store: PeopleStore, who: str, now_s: float) -> None:
    """One more."""
    with store.begin() as connection:
        connection.execute("DELETE FROM failure WHERE last_s < ?", (now_s - _FORGOTTEN_AFTER_S,))
        connection.execute(
            "INSERT INTO failure VALUES (?, 1, ?) ON CONFLICT (who) DO UPDATE SET count = count + 1, last_s = ?",
            (who, now_s, now_s),
        )


def forget_failures(store: PeopleStore, who: str) -> None:
    """They came in."""
    with store.begin() as connection:
        connection.execute("DELETE FROM failure WHERE who = ?", (who,))

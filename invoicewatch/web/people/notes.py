"""Changes of people and tokens, written into the log of the database.

The entry is committed before the change is: where one of the two fails, the log rather says too much than too little.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from invoicewatch.answers.upkeep.log import note_change
from invoicewatch.store.database.deed import Change, Deed, Doer


class Note(Protocol):
    """Writes down one change; called inside its transaction."""

    def __call__(
        self, subject: str, field: str, before: str | None, after: str | None, *, what: Deed = Deed.PERSON
    ) -> None:
        """``subject`` is a person's or token's name, ``before`` and ``after`` are what the field says."""


def note_by(state_dir: Path, who: str, now_s: float) -> Note:
    """A note in the log of a state directory: ``who`` did it at ``now_s`` (Unix seconds)."""

    def note(subject: str, field: str, before: str | None, after: str | None, *, what: Deed = Deed.PERSON) -> None:
        change = Change(what, subject=subject, field=field, before=before, after=after)
        note_change(state_dir, change, Doer(who, datetime.fromtimestamp(now_s, UTC)))

    return note


def note_nowhere(subject: str, field: str, before: str | None, after: str | None, *, what: Deed = Deed.PERSON) -> None:
    """For whoever has no log: the state directory is one's own."""

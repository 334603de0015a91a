"""What a person may do: each right includes those before it."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """What somebody may do."""

    READER = "reader"
    """See, search, export and download."""
    EDITOR = "editor"
    """Answer questions, correct, hand in files and have them read again, too."""
    ADMIN = "admin"
    """Erase records, let people in, and read the log, too."""

    def includes(self, other: Right) -> bool:
        """Whether this right is enough where ``other`` is asked for.

        >>> Right.ADMIN.includes(Right.EDITOR), Right.READER.includes(Right.EDITOR)
        (True, False)
        """
        order = list(Right)
        return order.index(self) >= order.index(other)

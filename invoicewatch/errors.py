"""What can go wrong, sorted by what the caller should do about it."""

from __future__ import annotations

from typing import ClassVar


class InvoicewatchError(Exception):
    """Base of every error this program raises on purpose.

    Args:
        message: What happened, naming the file or setting concerned.
        remedy: What the reader can do next, as an imperative sentence; may be empty.
        code: A stable machine-readable word for the kind of failure, e.g. ``encrypted``.
    """

    exit_code: ClassVar[int] = 1
    default_code: ClassVar[str] = "error"

    def __init__(self, message: str, *, remedy: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code or self.default_code

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip between processes: keyword arguments do not pickle by default."""
        return (_rebuild, (type(self), self.message, self.remedy, self.code))


def _rebuild(kind: type[InvoicewatchError], message: str, remedy: str, code: str) -> InvoicewatchError:
    return kind(message, remedy=remedy, code=code)


class DocumentError(InvoicewatchError):
    """This file cannot be read, now or later: record it, set it aside, go on with the next."""

    exit_code = 1
    default_code = "unreadable"


class TransientError(InvoicewatchError):
    """It did not work now and may work later: keep the file and try again."""

    exit_code = 1
    default_code = "try_again"


class FatalError(InvoicewatchError):
    """Nothing can go on: the configuration, a dependency or the store is broken."""

    exit_code = 2
    default_code = "fatal"


class ConfigError(FatalError):
    """The configuration or the command line is wrong."""

    exit_code = 2
    default_code = "config"


class DependencyError(FatalError):
    """A program, language data or model that is needed is missing or does not run."""

    exit_code = 3
    default_code = "dependency"


class StoreError(FatalError):
    """The database cannot be opened, is damaged, or is of another version."""

    exit_code = 4
    default_code = "store"

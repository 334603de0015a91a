"""Which value counts: a person's latest entry, else what the machine found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

# A record's status is reviewed like a field: a person's "accepted" stands until it is withdrawn.
STATUS = "status"
_MUST_BE_VERIFIED = ("total", "issue_date")


class MachineValue(Protocol):
    """What the machine found."""

    @property
    def name(self) -> str:
        """The field's name."""

    @property
    def value(self) -> str:
        """Its canonical text."""

    @property
    def verified(self) -> bool:
        """Whether reading and role are proved."""

    @property
    def doubtful(self) -> bool:
        """Whether it is a guess."""


class HumanValue(Protocol):
    """One entry by a person."""

    @property
    def name(self) -> str:
        """The field's name."""

    @property
    def value(self) -> str | None:
        """Its canonical text; None says that there is no such field."""

    @property
    def withdrawn(self) -> bool:
        """Whether the field was handed back to the machine."""


T = TypeVar("T", bound=HumanValue)


@dataclass(frozen=True, slots=True)
class Effective:
    """The values that count, by field name; ``verified`` says that total and issue date are.

    ``doubtful`` are the names of the fields whose value is a guess of the machine.
    """

    status: str
    verified: bool
    values: Mapping[str, str]
    doubtful: tuple[str, ...] = ()


def decide_values(machine_status: str, found: Iterable[MachineValue], entered: Iterable[HumanValue]) -> Effective:
    """Decide for one record; ``entered`` in the order of entry."""
    machine = {field.name: field for field in found}
    human = latest_entries(entered)
    values = {name: field.value for name, field in machine.items() if name not in human}
    values |= {name: entry.value for name, entry in human.items() if entry.value is not None}
    status = values.pop(STATUS, machine_status)
    verified = all(name in values and (name in human or machine[name].verified) for name in _MUST_BE_VERIFIED)
    doubtful = tuple(name for name, field in machine.items() if field.doubtful and name not in human)
    return Effective(status, verified, values, doubtful)


def latest_entries(entered: Iterable[T]) -> dict[str, T]:
    """The entry of each field that stands: the latest, unless it was withdrawn."""
    latest = {entry.name: entry for entry in entered}
    return {name: entry for name, entry in latest.items() if not entry.withdrawn}

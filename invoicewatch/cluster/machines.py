"""The machines of the cluster as the head sees them: which may work, which has room, what each has in hand."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from invoicewatch.cluster.versions import list_differences
from invoicewatch.cluster.wire import Machine
from invoicewatch.config import Config

AHEAD = 2  # documents with a machine for each of its cores: one in work, one that waits
MOST_CORES = 1024
UNFIT_S = 300.0  # how long a machine gets nothing after it said that it lacks what every document needs


@dataclass(slots=True)
class Seat:
    """One machine: what keeps it from working, if anything does, and the tasks that it was given."""

    machine: Machine
    differences: tuple[str, ...] = ()
    refused: str = ""
    unfit: str = ""
    unfit_until_s: float = 0.0
    keys: set[str] = field(default_factory=set)

    @property
    def cores(self) -> int:
        """How many it says it has, within reason."""
        return min(self.machine.cores, MOST_CORES)

    @property
    def trouble(self) -> str:
        """Why it gets no document; empty if it does."""
        return self.refused or (self.unfit if time.monotonic() < self.unfit_until_s else "")

    @property
    def room(self) -> int:
        """How many more it may have in hand."""
        return 0 if self.trouble else max(0, AHEAD * self.cores - len(self.keys))


class Machines:
    """Who is there, and who gets the next document."""

    def __init__(self, config: Config, here: Mapping[str, str]) -> None:
        self._config = config
        self._here = here
        self._seats: dict[str, Seat] = {}

    @property
    def seats(self) -> tuple[Seat, ...]:
        """All that are there, refused ones too."""
        return tuple(self._seats.values())

    @property
    def room(self) -> int:
        """How many tasks could be handed out now."""
        return sum(seat.room for seat in self._seats.values())

    def renew(self, machines: Iterable[Machine]) -> list[Seat]:
        """Take over the latest list. Returns those that are new. What a machine that left had is told by ``Lost``."""
        older, self._seats, new = self._seats, {}, []
        for machine in machines:
            seat = older.get(machine.address)
            if seat is None:
                seat = self._admit(machine)
                new.append(seat)
            seat.machine = machine
            self._seats[machine.address] = seat
        return new

    def _admit(self, machine: Machine) -> Seat:
        differences = tuple(list_differences(self._here, machine.versions, self._config))
        refused = "; ".join(differences) if self._config.cluster.differing == "refuse" else ""
        return Seat(machine, differences, refused)

    def choose(self) -> Seat | None:
        """The machine that has the least in hand for its cores; None if none has room."""
        free = [seat for seat in self._seats.values() if seat.room]
        return min(free, key=lambda seat: (len(seat.keys) / seat.cores, seat.machine.address)) if free else None

    def find(self, address: str) -> Seat | None:
        """The machine, if it is there."""
        return self._seats.get(address)

    def clear(self) -> None:
        """Nobody is there any more, as far as we know."""
        self._seats = {}

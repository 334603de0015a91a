"""Follow files from the inbox until they are records: what lies where, what is done with it, and what changed."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from invoicewatch.config import Config
from invoicewatch.daemon.health.state import Health, read_health, read_stages
from invoicewatch.daemon.lock import find_owner
from invoicewatch.errors import InvoicewatchError
from invoicewatch.intake.scan import make_ignore, scan_inbox
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.ledger.view import FollowedFile, find_newest, list_followed, list_paths_in
from invoicewatch.store.search.summary import Summary, list_summaries

_LOOK_EVERY_S = 0.8
_HEALTH_EVERY_S = 5.0
# Counting takes a moment in a large database; at most one fiftieth of the time is spent on it.
_HEALTH_SHARE = 50
_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Followed:
    """A file, the stage of the road that it is on while it is read, and its record once there is one."""

    file: FollowedFile
    stage: str = ""
    record: Summary | None = None

    @property
    def name(self) -> str:
        """The file's own name, without its folder."""
        return PurePath(self.file.name).name


@dataclass(frozen=True, slots=True)
class Moment:
    """How things are. ``number`` grows with every change, ``changed`` says at which number each file last did.

    ``gone`` are files that are followed no more, with that number, too. ``unseen``: files that lie in an inbox while no
    daemon is there to see them. ``trouble`` is why the ledger could not be read, if it could not.
    """

    number: int = 0
    files: Mapping[int, Followed] = field(default_factory=dict)
    changed: Mapping[int, int] = field(default_factory=dict)
    gone: Mapping[int, int] = field(default_factory=dict)
    health: Health | None = None
    health_changed: int = 0
    unseen: Mapping[str, int] = field(default_factory=dict)
    trouble: str = ""

    def since(self, number: int) -> list[Followed]:
        """The files that changed after a number, in the order of their arrival."""
        return [followed for key, followed in self.files.items() if self.changed[key] > number]


class Watch:
    """Looks at ledger and daemon at most about once a second, however many ask. Safe to share between threads."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._state = Path(config.paths.state)
        self._lock = threading.Lock()
        self._moment = Moment()
        self._looked_s = self._health_due_s = float("-inf")
        self._pid: int | None = None
        self._print: tuple[int, ...] = ()
        # Numbers begin anew with each process: what a page saw of another one says nothing.
        self.name = secrets.token_hex(4)

    def look(self) -> Moment:
        """How things are now, or were less than a second ago."""
        with self._lock:
            if time.monotonic() >= self._looked_s + _LOOK_EVERY_S:
                try:
                    self._moment = self._look(self._moment)
                finally:
                    self._looked_s = time.monotonic()
            return self._moment

    def forget_times(self) -> None:
        """The next look is a new one, at everything."""
        with self._lock:
            self._looked_s = self._health_due_s = float("-inf")

    def look_newest(self) -> int:
        """The number of the file that was seen last, at this very moment; 0 if there is none."""
        if not database_path(self._state).exists():
            return 0
        with open_reader(self._state) as reader:
            return find_newest(reader)

    def _look(self, before: Moment) -> Moment:
        # What is written while we read is read the next time.
        found = _take_print(self._state)
        trouble = ""
        try:
            files = before.files if found == self._print else self._read_files()
            health, unseen = self._read_health(before)
            self._print = found
        except InvoicewatchError as exc:
            files, health, unseen, trouble = before.files, before.health, before.unseen, exc.message
        stages = read_stages(self._state) if self._pid else {}
        files = {key: _with_stage(followed, stages) for key, followed in files.items()}
        return _compare(before, files, Moment(health=health, unseen=unseen, trouble=trouble))

    def _read_files(self) -> Mapping[int, Followed]:
        if not database_path(self._state).exists():
            return {}
        with open_reader(self._state) as reader:
            files = list_followed(reader)
            records = list_summaries(reader, {file.invoice_id for file in files if file.invoice_id})
        return {file.id: Followed(file, record=records.get(file.invoice_id or 0)) for file in files}

    def _read_health(self, before: Moment) -> tuple[Health | None, Mapping[str, int]]:
        pid, begun_s = find_owner(self._state), time.monotonic()
        if pid == self._pid and begun_s < self._health_due_s:
            return before.health, before.unseen
        health = read_health(self._config, time.time(), all_counts=False)
        # A share that does not answer is not asked again.
        answering = [inbox.path for inbox in health.inboxes if inbox.reachable]
        unseen = {} if pid else self._count_unseen(answering)
        self._pid = pid
        taken_s = time.monotonic() - begun_s
        self._health_due_s = time.monotonic() + max(_HEALTH_EVERY_S, _HEALTH_SHARE * taken_s)
        return health, unseen

    def _count_unseen(self, inboxes: list[str]) -> dict[str, int]:
        """How many files lie in each inbox of which the ledger knows nothing."""
        known: set[bytes] = set()
        if database_path(self._state).exists():
            with open_reader(self._state) as reader:
                known = list_paths_in(reader)
        paths, counts = self._config.paths, {}
        others = (*paths.inboxes, paths.archive, paths.set_aside, paths.duplicates, paths.state)
        excluded = frozenset(str(each).encode(errors="surrogateescape") for each in others)
        for inbox in inboxes:
            root = inbox.encode(errors="surrogateescape")
            try:
                scan = scan_inbox(root, make_ignore(self._config.intake.ignore), excluded - {root})
            except OSError:  # `health` says so
                continue
            counts[inbox] = sum(sighting.path not in known for sighting in scan.files)
        return counts


def _take_print(state: Path) -> tuple[int, ...]:
    """What changes whenever the database does. Its files are never opened for this: that would take away its locks."""
    path, values = database_path(state), []
    for file in (path, path.with_name(f"{path.name}-wal")):
        try:
            status = file.stat()
        except OSError:
            values += [0, 0]
        else:
            values += [status.st_mtime_ns, status.st_size]
    return tuple(values)


def _with_stage(followed: Followed, stages: Mapping[int, str]) -> Followed:
    stage = stages.get(followed.file.id, "") if followed.file.state == "working" else ""
    return followed if stage == followed.stage else Followed(followed.file, stage, followed.record)


def _compare(before: Moment, files: dict[int, Followed], found: Moment) -> Moment:
    """The moment after ``before``, its changes numbered; the same if there are none."""
    number = before.number + 1
    changed = {key: before.changed[key] if before.files.get(key) == each else number for key, each in files.items()}
    gone = {key: at for key, at in before.gone.items() if key not in files}
    gone |= {key: number for key in before.files if key not in files}
    gone = dict(sorted(gone.items(), key=lambda item: item[1])[-_REMEMBERED:])
    other = (found.health, found.unseen, found.trouble) != (before.health, before.unseen, before.trouble)
    if not other and number not in changed.values() and number not in gone.values():
        return before
    health_changed = number if other else before.health_changed
    return Moment(number, files, changed, gone, found.health, health_changed, found.unseen, found.trouble)

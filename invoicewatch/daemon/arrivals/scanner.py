"""Compare the inboxes with the ledger: when an event hints at it, periodically, and after an outage."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from invoicewatch.config import Config
from invoicewatch.daemon.arrivals.asking import Askers, Progress
from invoicewatch.daemon.arrivals.inbox import INOTIFY, POLLING, Inbox
from invoicewatch.daemon.arrivals.watching import Watching
from invoicewatch.daemon.context import Context
from invoicewatch.intake.mounts import Mount, find_mount, lies_on_remote, read_mounts
from invoicewatch.intake.plan import Plan, make_plan
from invoicewatch.intake.scan import Scan, make_ignore, scan_inbox
from invoicewatch.records.ledger import FileState
from invoicewatch.store.ledger import files as ledger


class _Place(NamedTuple):
    """Where an inbox lies, among all that is mounted, and how it is to be watched there."""

    mount: Mount
    mounts: list[Mount]
    mode: str


class Scanner:
    """Keeps the ledger's rows in step with what lies in the inboxes."""

    def __init__(self, context: Context, askers: Askers, wake: Callable[[], None]) -> None:
        """Nothing is made before ``make_folders``, and nothing read or watched before the first ``scan_due``."""
        self._context = context
        self._askers = askers
        self.inboxes = [Inbox(path, POLLING) for path in context.config.paths.inboxes]
        self._is_ignored = make_ignore(context.config.intake.ignore)
        paths = context.config.paths
        own = (paths.archive, paths.set_aside, paths.duplicates, paths.state)
        # An inbox inside another is not scanned twice.
        self._excluded = frozenset(os.fsencode(path) for path in (*own, *paths.inboxes))
        self._watching = Watching(context, self.inboxes, wake)

    def make_folders(self) -> None:
        """Make the inboxes that are new. One that was there before and is not now is an outage."""
        for inbox in self.inboxes:
            with self._context.database.begin() as session:
                known = ledger.get_mount(session, inbox.path)
            if not known:
                self._make_folder(Path(inbox.path))

    @property
    def reachable(self) -> Collection[str]:
        """The inboxes that could be read at the last look."""
        return [inbox.path for inbox in self.inboxes if inbox.reachable]

    def scan_due(self, now_s: float) -> None:
        """Look at every inbox whose time has come."""
        self._watching.check(now_s)
        for inbox in self.inboxes:
            self._watching.take_hints(inbox)
            if self._askers.has_come_back(inbox.path):
                inbox.hurry()
            if inbox.next_look_s() <= now_s:
                self._scan(inbox, now_s)
                self._context.alive()

    def next_time(self, now_s: float) -> float:
        """When the next look is due, as Unix seconds."""
        return min([self._watching.next_check_s(now_s), *(inbox.next_look_s() for inbox in self.inboxes)])

    def forget_times(self) -> None:
        """Look at everything now, and go on from there."""
        self._watching.forget_times()
        for inbox in self.inboxes:
            inbox.forget_times()

    def ask_for_scan(self, path: str) -> None:
        """Have a whole inbox looked at now: something there was not as the ledger says."""
        for inbox in self.inboxes:
            if inbox.path == path:
                inbox.hurry()

    def lose(self, path: str, exc: OSError) -> None:
        """Note that an inbox could not be read."""
        for inbox in self.inboxes:
            if inbox.path == path:
                self._lose(inbox, exc, self._context.now())

    def close(self) -> None:
        """Stop watching."""
        self._watching.close()

    def _make_folder(self, path: Path) -> None:
        try:
            self._askers.ask(str(path), lambda _: path.mkdir(mode=0o770, parents=True, exist_ok=True))
        except OSError as exc:
            self._context.log.warning("cannot make inbox", inbox=str(path), reason=exc.strerror)

    def _scan(self, inbox: Inbox, now_s: float) -> None:
        due, folders = inbox.is_due(now_s), inbox.take_hints(now_s)
        begun_s, new = time.monotonic(), False
        try:
            scan, place = self._askers.ask(inbox.path, lambda alive: self._look(inbox, folders, alive))
            if place is not None:
                self._check_mount(inbox, scan, place)
                new = True
        except OSError as exc:
            self._lose(inbox, exc, now_s)
            return
        self._apply(inbox, scan, now_s)
        cost_s = time.monotonic() - begun_s
        if new:
            inbox.hint(inbox.root, deep=True)  # watched only since now: look once more
        if due:
            intake = self._context.config.intake
            inbox.note_scan(now_s, cost_s, intake.reconcile_s if inbox.mode == INOTIFY else intake.poll_s)
        else:
            inbox.note_hinted_scan(now_s, cost_s, whole=scan.whole)

    def _look(self, inbox: Inbox, folders: Mapping[bytes, bool], alive: Progress) -> tuple[Scan, _Place | None]:
        """All that touches the inbox itself. It lies in another place if its root is not the one that was there."""
        scan = scan_inbox(inbox.root, self._is_ignored, self._excluded, folders, alive)
        if scan.identity == inbox.identity:
            return scan, None
        mounts = read_mounts()
        return scan, _Place(find_mount(inbox.path, mounts), mounts, decide_mode(self._context.config, inbox.path))

    def _check_mount(self, inbox: Inbox, scan: Scan, place: _Place) -> None:
        """Notice a share that is not mounted: what is there instead is an empty folder of the file system below.

        Raises:
            OSError: It is so.
        """
        mount = place.mount
        with self._context.database.begin() as session:
            known = ledger.get_mount(session, inbox.path)
            missing = known and known[0] != mount.point and known[0] not in {each.point for each in place.mounts}
            if known and missing and not scan.files:
                raise OSError(errno.ENOTCONN, f"{known[2]} ({known[1]}) is not mounted at {known[0]}")
            ledger.set_mount(session, inbox.path, mount.point, mount.file_system, mount.source)
        inbox.mode = place.mode
        self._welcome(inbox, scan.identity, mount)

    def _welcome(self, inbox: Inbox, identity: tuple[int, int], mount: Mount) -> None:
        if inbox.reach(identity, mount):
            self._context.log.info("inbox is back", inbox=inbox.path)
        self._watching.add(inbox)
        self._context.log.info("watching inbox", inbox=inbox.path, mode=inbox.mode, file_system=mount.file_system)

    def _lose(self, inbox: Inbox, exc: OSError, now_s: float) -> None:
        if inbox.lose(exc, now_s):
            self._context.log.error("inbox cannot be reached; will keep trying", inbox=inbox.path, reason=inbox.trouble)

    def _apply(self, inbox: Inbox, scan: Scan, now_s: float) -> None:
        for folder, exc in scan.failed.items():
            self._context.log.warning("folder cannot be read", folder=os.fsdecode(folder), reason=exc.strerror)
        with self._context.database.begin() as session:
            folders = () if scan.whole else scan.listed
            plan = make_plan(scan, ledger.list_owners(session, inbox.path, folders))
            if plan:
                self._write(session, inbox, plan, now_s)
        if plan:
            self._context.reach("seen")
            counts = {name: len(found) for name in ("new", "changed", "gone") if (found := getattr(plan, name))}
            self._context.log.debug("inbox changed", inbox=inbox.path, **counts)

    def _write(self, session: ledger.Transaction, inbox: Inbox, plan: Plan, now_s: float) -> None:
        settle_s = self._context.config.intake.settle_s
        ledger.change_many(session, [entry.id for entry in plan.gone], FileState.GONE, now_s, in_inbox=False)
        for entry in plan.detached:
            ledger.note(session, entry.id, in_inbox=False)
        for entry, stamp in plan.changed:
            changed_s = inbox.find_time_of_change(stamp.mtime_ns, now_s)
            values = {"stamp": stamp, "changed_s": changed_s, "next_s": changed_s + settle_s, "checks": 0}
            ledger.change_state(session, entry.id, FileState.SEEN, now_s, **values)
        new = [ledger.NewFile(*item, inbox.find_time_of_change(item[1].mtime_ns, now_s)) for item in plan.new]
        ledger.add_seen(session, inbox.path, new, now_s=now_s, settle_s=settle_s)


def decide_mode(config: Config, path: str) -> str:
    """Inotify or polling, by the setting or by the file system's type."""
    if config.intake.watch != "auto":
        return config.intake.watch
    return POLLING if lies_on_remote(path, read_mounts()) else INOTIFY

"""Give files that failed another try, from outside the daemon."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.daemon.lock import find_owner
from invoicewatch.daemon.work.returned import try_again
from invoicewatch.errors import ConfigError
from invoicewatch.intake.opening import find_stamp
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.database.chain import write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.ledger import files as ledger

_RETRIED = frozenset({FileState.SET_ASIDE, FileState.WAITING})


@dataclass(frozen=True, slots=True)
class Retried:
    """How many files will be tried again, which could not be (they are gone), and whether a daemon will do it now."""

    count: int
    missing: tuple[str, ...]
    daemon_runs: bool


def retry_files(
    config: Config,
    ids: Sequence[int],
    doer: Doer,
    *,
    failed: bool = False,
    waiting: bool = False,
    files: Sequence[int] = (),
) -> Retried:
    """Give files another try.

    Args:
        config: All settings.
        ids: The numbers of records.
        doer: Who asks for it, and when.
        failed: All that were set aside.
        waiting: All that wait for a later time.
        files: Single files by the ledger's numbers; those that neither failed nor wait (any more) are passed over.

    Raises:
        ConfigError: A number is no record's, or its document did not fail.
    """
    state = Path(config.paths.state)
    database = open_database(state)
    now_s = doer.when.timestamp()
    try:
        with database.begin() as session:
            entries = _choose(session, ids, failed=failed, waiting=waiting, files=files)
            missing = [entry for entry in entries if not _retry(session, entry, now_s)]
            retried = [entry for entry in entries if entry not in missing]
            write_down(session, [Change(Deed.RETRY, entry.invoice_id, entry.sha256) for entry in retried], doer)
    finally:
        database.close()
    names = tuple(os.fsdecode(entry.target or entry.path) for entry in missing)
    return Retried(len(retried), names, wake_daemon(state))


def _choose(
    session: ledger.Transaction, ids: Sequence[int], *, failed: bool, waiting: bool, files: Sequence[int]
) -> list[FileEntry]:
    entries = [_find(session, number) for number in ids]
    entries += [ledger.get_file(session, number) for number in files if ledger.find_state(session, number) in _RETRIED]
    if failed:
        entries += ledger.list_in(session, FileState.SET_ASIDE)
    if waiting:
        entries += ledger.list_in(session, FileState.WAITING)
    return list({entry.id: entry for entry in entries}.values())


def _find(session: ledger.Transaction, number: int) -> FileEntry:
    entries = ledger.list_of_record(session, number)
    for entry in entries:
        if entry.state in _RETRIED:
            return entry
    why = "did not fail, or did not come through an inbox" if entries else "did not come through an inbox"
    raise ConfigError(f"record {number} {why}", remedy="Use `invoicewatch process --again FILE` to read it again.")


def _retry(session: ledger.Transaction, entry: FileEntry, now_s: float) -> bool:
    if entry.state is FileState.WAITING:
        ledger.note(session, entry.id, next_s=now_s)
        return True
    lies_at = entry.target or entry.path
    folder = lies_at.rpartition(b"/")[0]
    stamp = find_stamp(folder, lies_at) if os.path.isdir(folder) else None  # noqa: PTH112 - bytes
    if stamp is None:
        ledger.change_state(session, entry.id, FileState.GONE, now_s, in_inbox=False)
        return False
    try_again(session, entry, stamp, now_s)
    return True


def wake_daemon(state: Path) -> bool:
    """Have a running daemon look at its ledger now. Returns whether there is one."""
    pid = find_owner(state)
    if pid is None:
        return False
    with suppress(PermissionError, ProcessLookupError):
        os.kill(pid, signal.SIGUSR1)
    return True

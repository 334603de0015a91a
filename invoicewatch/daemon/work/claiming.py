"""Take settled files: copy them into the spool, hash the copy, and see whether the bytes are known already."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from invoicewatch.daemon.arrivals.asking import Askers, NoAnswerError
from invoicewatch.daemon.arrivals.scanner import Scanner
from invoicewatch.daemon.arrivals.settling import INCOMPLETE, asked_for, lies_in_inbox, root_of
from invoicewatch.daemon.context import Context, OutOfSpaceError, to_utc
from invoicewatch.daemon.tell.event import Event, describe_failure
from invoicewatch.intake.backoff import retry_delay_s
from invoicewatch.intake.claim import FileChangedError, SpoolCopy, copy_to_spool, spool_file, sync_copies
from invoicewatch.intake.opening import OUTAGE
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.records import Failure, Invoice, Status
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.records.invoices import save_invoice

_FULL = {errno.ENOSPC, errno.EDQUOT}
_GROUP_BYTES = 4 << 20


class Claimer:
    """Moves files from settled to claimed, or straight to what they turn out to be."""

    def __init__(self, context: Context, askers: Askers, scanner: Scanner) -> None:
        self._context = context
        self._askers = askers
        self._scanner = scanner

    def claim_next(self, now_s: float, most: int) -> int:
        """Claim files until ``most`` are ready for the workers. Returns how many were handled.

        Raises:
            OutOfSpaceError: There is no room for the next copy; nothing was changed for it.
        """
        newest = self._context.config.intake.order == "newest"
        with self._context.database.begin() as session:
            room = max(0, most - ledger.count_in(session, FileState.CLAIMED))
            chosen = ledger.list_settled(session, limit=room, inboxes=self._scanner.reachable, newest=newest)
        for group in _cut_groups(chosen):
            self._claim(group, now_s)
        return len(chosen)

    def _claim(self, group: Sequence[FileEntry], now_s: float) -> None:
        """Copy files, and commit to what could be copied at once, even if one of them found no room."""
        copies: list[tuple[FileEntry, SpoolCopy]] = []
        try:
            for entry in group:
                copy = self._copy(entry, now_s)
                if copy is not None:
                    copies.append((entry, copy))
                self._context.alive()
        finally:
            if copies:
                self._keep(copies, now_s)

    def _copy(self, entry: FileEntry, now_s: float) -> SpoolCopy | None:
        """Copy a file; None where it cannot be now, which is noted."""
        if entry.stamp.size > self._context.config.intake.max_bytes:
            self._refuse(entry, now_s)
            return None
        check_space(self._context, entry.stamp.size)
        target = spool_file(self._context.spool, entry.id)
        try:
            return self._askers.ask(
                asked_for(entry),
                lambda alive: copy_to_spool(root_of(entry), entry.path, entry.stamp, target, alive),
            )
        except FileChangedError as exc:
            self._look_again(entry, exc, now_s)
        except OSError as exc:
            self._put_off(entry, exc, now_s)
        return None

    def _keep(self, copies: Sequence[tuple[FileEntry, SpoolCopy]], now_s: float) -> None:
        """Put the copies on the disk, then commit to them and to what their hashes say, in one transaction."""
        try:
            sync_copies([copy.file for _, copy in copies], self._context.reach)
        except OSError as exc:
            for entry, _ in copies:
                self._put_off(entry, exc, now_s)
            return
        with self._context.database.begin() as session:
            given_up = [self._write(session, entry, copy, now_s) for entry, copy in copies]
        for event in given_up:
            self._context.reach("claimed")
            if event is not None:
                self._context.teller.tell(event)

    def _write(self, session: ledger.Transaction, entry: FileEntry, copy: SpoolCopy, now_s: float) -> Event | None:
        """Write the claim and what the hash says about it. Returns what to tell once it is committed."""
        media_type = detect_media_type(copy.head)
        ledger.change_state(
            session, entry.id, FileState.CLAIMED, now_s, sha256=copy.sha256, media_type=media_type, next_s=0.0
        )
        first = ledger.find_first(session, copy.sha256, entry.id)
        record = ledger.find_record(session, copy.sha256)
        in_place = self._context.config.intake.keep_originals == "in_place"
        if first and not (in_place and first.path == entry.path and first.state is FileState.FILED):
            values = {"duplicate_of": first.id, "invoice_id": first.invoice_id}
            ledger.change_state(session, entry.id, FileState.DUPLICATE, now_s, **values)
            self._context.log.info("duplicate", file=os.fsdecode(entry.path), of=os.fsdecode(first.path))
        elif record is not None:
            ledger.change_state(session, entry.id, FileState.RECORDED, now_s, invoice_id=record)
            self._context.log.info("already recorded", file=os.fsdecode(entry.path), record=record)
        elif entry.error_code == INCOMPLETE:
            claimed = ledger.get_file(session, entry.id)
            return set_aside(session, self._context, claimed, _given_up(entry), now_s)
        return None

    def _refuse(self, entry: FileEntry, now_s: float) -> None:
        limit = self._context.config.intake.max_bytes
        message = f"it has {entry.stamp.size} bytes, more than intake.max_bytes = {limit}"
        failure = Failure("too_large", message, "Raise intake.max_bytes, or split the file.")
        with self._context.database.begin() as session:
            ledger.change_state(session, entry.id, FileState.SET_ASIDE, now_s, failure=failure, next_s=0.0)
        self._context.teller.tell(describe_failure(entry, failure, None, now_s))

    def _look_again(self, entry: FileEntry, exc: FileChangedError, now_s: float) -> None:
        next_s = now_s + self._context.config.intake.settle_s
        values = {"stamp": exc.found, "changed_s": now_s, "next_s": next_s, "checks": 0}
        with self._context.database.begin() as session:
            ledger.change_state(session, entry.id, FileState.SEEN, now_s, **values)
        self._context.log.info("changed while it was read", file=os.fsdecode(entry.path))

    def _put_off(self, entry: FileEntry, exc: OSError, now_s: float) -> None:
        """It cannot be copied now."""
        if exc.errno in _FULL:
            raise OutOfSpaceError(f"no room for a copy in {self._context.spool}") from exc
        if lies_in_inbox(entry):
            if exc.errno in OUTAGE or not self._is_readable(entry.inbox):
                self._scanner.lose(entry.inbox, exc)
                return
            self._scanner.ask_for_scan(entry.inbox)
        attempts = entry.attempts + 1
        intake = self._context.config.intake
        next_s = now_s + retry_delay_s(attempts, intake.retry_first_s, intake.retry_cap_s)
        failure = Failure(errno.errorcode.get(exc.errno or 0, "os_error").lower(), f"it cannot be copied: {exc}")
        with self._context.database.begin() as session:
            ledger.change_state(
                session, entry.id, FileState.WAITING, now_s, attempts=attempts, next_s=next_s, failure=failure
            )
        self._context.log.warning("cannot be copied now", file=os.fsdecode(entry.path), reason=str(exc))

    def _is_readable(self, inbox: str) -> bool:
        try:
            return self._askers.ask(inbox, lambda _: os.access(inbox, os.R_OK | os.X_OK))
        except NoAnswerError:
            return False


def check_space(context: Context, size: int) -> None:
    """See whether there is room for ``size`` bytes more beside what must stay free. Raises OutOfSpaceError."""
    free = shutil.disk_usage(context.root_of_state).free
    need = size + context.config.intake.min_free_mb * 2**20
    if free < need:
        state = Path(context.config.paths.state)
        raise OutOfSpaceError(
            f"{free >> 20} MB are free in {state}, {-(-need >> 20)} are needed", remedy="Free some space."
        )


def set_aside(session: ledger.Transaction, context: Context, entry: FileEntry, failure: Failure, now_s: float) -> Event:
    """Record a document that could not be read, and commit it to being set aside. Its bytes must be known.

    Returns what to tell once that is committed.
    """
    invoice = Invoice(
        os.fsdecode(entry.path), entry.sha256, entry.media_type, Status.FAILED, error=failure, versions={}
    )
    arrived, recorded = to_utc(entry.seen_s), to_utc(now_s)
    invoice_id = save_invoice(session, invoice, arrived=arrived, inbox=entry.inbox, recorded=recorded)
    values = {"invoice_id": invoice_id, "failure": failure, "next_s": 0.0}
    ledger.change_state(session, entry.id, FileState.SET_ASIDE, now_s, **values)
    context.log.error("set aside", file=os.fsdecode(entry.path), code=failure.code, reason=failure.message)
    return describe_failure(entry, failure, invoice_id, now_s)


def _given_up(entry: FileEntry) -> Failure:
    return Failure(entry.error_code, entry.error_message, entry.error_remedy)


def _cut_groups(entries: Sequence[FileEntry]) -> Iterator[list[FileEntry]]:
    """Files that are claimed together: large ones are not waited for."""
    group: list[FileEntry] = []
    for entry in entries:
        group.append(entry)
        if sum(each.stamp.size for each in group) > _GROUP_BYTES:
            yield group
            group = []
    if group:
        yield group

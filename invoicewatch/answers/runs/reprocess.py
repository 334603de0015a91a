"""Read recorded documents again with today's versions, and tell what changes."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from invoicewatch.answers.runs.batch import Parts, read_files
from invoicewatch.answers.runs.choice import Choice, KnownFile, choose_records, find_known_files
from invoicewatch.answers.runs.job import Job, load_job, remove_job, save_job
from invoicewatch.config import Config
from invoicewatch.records import Document, Invoice, Memory, Refusal, Status
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.writer import Database, open_database
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.refusals import list_refused
from invoicewatch.store.upkeep.rerun import Rerun, save_rerun


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read, and the records whose file is gone or is not what was recorded."""

    files: tuple[KnownFile, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reread:
    """A file that was read again: whether that failed, and of each record what changes and what was read."""

    failed: bool
    records: tuple[tuple[Rerun, Invoice], ...]


def plan_rerun(state_dir: Path, choice: Choice, now: datetime, *, keep: bool) -> Plan:
    """Look up what to read; with ``keep`` it is also remembered, until :func:`rerun` is through.

    Raises:
        ConfigError: There is no such record, or nothing was chosen.
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        job = Job(tuple(choose_records(reader, choice)), now)
        files = find_known_files(reader, job.ids)
    if keep:
        save_job(state_dir, job)
    return _make_plan(job, files)


def resume_rerun(state_dir: Path) -> Plan:
    """What is left of the run that was stopped.

    Raises:
        ConfigError: There is none.
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        job = load_job(state_dir, reader)
        return _make_plan(job, find_known_files(reader, job.ids))


def reread(config: Config, plan: Plan, *, who: str) -> Generator[Reread, None, None]:
    """Read the files of a plan that was not kept, in order, and record for ``who`` what is read.

    What a failed one had before stays. Close the iterator if you leave it early, and see :func:`rerun` for the errors.
    """
    if plan.files:
        yield from _read_again(config, plan.files, who)


def _make_plan(job: Job, files: Sequence[KnownFile]) -> Plan:
    there = {number for file in files for number in file.ids}
    return Plan(tuple(files), tuple(number for number in job.ids if number not in there))


def rerun(config: Config, plan: Plan, *, who: str | None) -> Generator[Reread, None, None]:
    """Read the files, in order; what a failed one had before stays.

    Close the iterator if you leave it early: it holds workers and the database.

    Args:
        config: All settings.
        plan: What to read.
        who: For whom it is kept, and the plan forgotten when all is done; None: nothing is changed.

    Raises:
        ConfigError: The settings name something that does not exist.
        DependencyError: Something that every document needs is missing.
        StoreError: The database cannot be opened or written.
    """
    if plan.files:
        yield from _read_again(config, plan.files, who)
    if who is not None:
        remove_job(Path(config.paths.state))


def _read_again(config: Config, files: Sequence[KnownFile], who: str | None) -> Iterator[Reread]:
    database = open_database(Path(config.paths.state))
    keeper = _Comparer(database, who)
    try:
        for file, parts in zip(
            files, read_files(config, [file.path for file in files], lambda: nullcontext(keeper)), strict=True
        ):
            # A file that failed was not compared.
            reruns = keeper.reruns.pop(parts[0].sha256, [Rerun(number, ()) for number in file.ids])
            yield Reread(parts[0].status is Status.FAILED, tuple(zip(reruns, parts, strict=False)))
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class _Comparer:
    """Compares every file's new records with what was recorded; ``reruns`` collects what changed, by SHA-256."""

    database: Database
    who: str | None
    reruns: dict[str, list[Rerun]] = field(default_factory=dict)

    def find_known(self, _document: Document) -> Parts:
        return ()

    def keep(self, parts: Parts, _document: Document) -> Parts:
        doer = None if self.who is None else Doer(self.who, datetime.now(UTC))
        with self.database.begin() as session:
            found = save_rerun(session, parts, doer=doer)
        self.reruns[parts[0].sha256] = found
        return parts

    def get_ready(self) -> None:
        """It is."""

    def load_memory(self) -> Memory:
        with self.database.begin() as session:
            return load_memory(session)

    def list_refused(self, document: Document) -> tuple[Refusal, ...]:
        with self.database.begin() as session:
            return list_refused(session, document.sha256)

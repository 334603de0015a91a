"""What `doctor` looks at that is outside the program: programs, model, folders, disk, database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.errors import DependencyError, InvoicewatchError
from invoicewatch.intake.mounts import Mount, find_mount, read_mounts
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path

_LOW_DISK_BYTES = 1_000_000_000
_FULL_DISK_BYTES = 100_000_000


class Verdict(StrEnum):
    """What a check found."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, how it stands, what to do. ``exit_code`` counts where it is broken."""

    name: str
    verdict: Verdict
    detail: str
    remedy: str = ""
    exit_code: int = 2


def run_checks(config: Config, mounts: list[Mount] | None = None) -> Iterator[Check]:
    """Look at everything, the quick things first."""
    known = read_mounts() if mounts is None else mounts
    yield from check_folders(config, known)
    yield from check_disk(config)
    yield check_database(Path(config.paths.state))
    yield from check_tesseract(config)


def check_tesseract(config: Config) -> Iterator[Check]:
    """The program, and the data of every language in use."""
    from invoicewatch.ocr.tesseract.languages import require_languages
    from invoicewatch.ocr.tesseract.program import find_version, list_languages

    try:
        version, installed = find_version(), list_languages()
    except DependencyError as exc:
        yield _broken("Tesseract", exc)
        return
    yield Check("Tesseract", Verdict.OK, f"version {version}")
    for language in config.ocr.languages:
        try:
            require_languages((language,), installed)
        except DependencyError as exc:
            yield _broken(f"language {language}", exc)
        else:
            yield Check(f"language {language}", Verdict.OK, "installed")


def check_folders(config: Config, mounts: list[Mount]) -> Iterator[Check]:
    """Every folder: there (or can be made), can be written, and on a file system that suits it."""
    paths = config.paths
    for inbox in paths.inboxes:
        yield check_folder("inbox", Path(inbox), mounts, must_exist=True)
    for name in ("archive", "set_aside", "duplicates"):
        yield check_folder(name.replace("_", "-"), Path(getattr(paths, name)), mounts)
    yield check_folder("state", Path(paths.state), mounts, local=True)


def check_folder(
    name: str, folder: Path, mounts: list[Mount], *, must_exist: bool = False, local: bool = False
) -> Check:
    """One folder."""
    mount = find_mount(str(folder), mounts)
    where = f"{folder} ({mount.file_system}{', over the network' if mount.is_remote else ''})"
    if local and mount.is_remote:
        remedy = "Set [paths] state to a folder on a local disk: SQLite loses data on network shares."
        return Check(name, Verdict.BROKEN, where, remedy)
    if not folder.is_dir():
        return _check_missing(name, folder, where, must_exist=must_exist)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        remedy = f"Give this user write access to {folder}, or run this as the service's user."
        return Check(name, Verdict.BROKEN, f"{where}: {exc.strerror}", remedy)
    return Check(name, Verdict.OK, where)


def _check_missing(name: str, folder: Path, where: str, *, must_exist: bool) -> Check:
    parent = next((each for each in folder.parents if each.exists()), Path("/"))
    if not os.access(parent, os.W_OK | os.X_OK):
        return Check(name, Verdict.BROKEN, f"{where} is not there and cannot be made", f"Make it: mkdir -p {folder}")
    if must_exist:
        return Check(name, Verdict.WARNING, f"{where} is not there yet", f"Make it: mkdir -p {folder}")
    return Check(name, Verdict.OK, f"{where} will be made when it is needed")


def check_disk(config: Config) -> Iterator[Check]:
    """Free space on every file system in use, each looked at once."""
    paths = config.paths
    for folder in _one_per_device([paths.state, paths.archive, paths.set_aside, *paths.inboxes]):
        free = shutil.disk_usage(folder).free
        detail = f"{free / 1e9:,.1f} GB free at {folder}"
        if free < _FULL_DISK_BYTES:
            yield Check("disk", Verdict.BROKEN, detail, "Free some space: nothing can be recorded on a full disk.")
        elif free < _LOW_DISK_BYTES:
            yield Check("disk", Verdict.WARNING, detail, "Free some space soon.")
        else:
            yield Check("disk", Verdict.OK, detail)


def _one_per_device(folders: Iterable[str]) -> list[Path]:
    found: dict[int, Path] = {}
    for folder in map(Path, folders):
        existing = next(each for each in (folder, *folder.parents) if each.exists())
        found.setdefault(existing.stat().st_dev, existing)
    return list(found.values())


def check_database(state_dir: Path) -> Check:
    """The database: readable, of this program's schema, and sound."""
    path = database_path(state_dir)
    if not path.exists():
        return Check("database", Verdict.OK, f"{path} will be made with the first document")
    try:
        with open_reader(state_dir) as reader:
            count = reader.rows("SELECT count(*) FROM invoice")[0][0]
            fault = _find_fault(path)
    except InvoicewatchError as exc:
        return _broken("database", exc)
    if fault:
        remedy = "Stop the daemon and restore a backup (`invoicewatch restore`); keep the damaged file."
        return Check("database", Verdict.BROKEN, f"{path}: {fault}", remedy, exit_code=4)
    return Check("database", Verdict.OK, f"{path}: sound, {count:,} documents, {path.stat().st_size / 1e6:,.1f} MB")


def _find_fault(path: Path) -> str | None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.Error as exc:
            return str(exc)
    return None if answer == "ok" else answer


def _broken(name: str, exc: InvoicewatchError) -> Check:
    return Check(name, Verdict.BROKEN, exc.message, exc.remedy, exc.exit_code)

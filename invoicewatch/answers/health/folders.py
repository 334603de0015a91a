"""The folders and the disks they lie on."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from invoicewatch.answers.health.check import Check, Verdict
from invoicewatch.config import Config
from invoicewatch.intake.mounts import Mount, find_mount

_LOW_DISK_BYTES = 1_000_000_000
_FULL_DISK_BYTES = 100_000_000


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

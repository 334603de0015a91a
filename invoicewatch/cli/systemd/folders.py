"""The folders of the service: made, opened to the two groups, and those of other people checked."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

from invoicewatch.cli.systemd import units
from invoicewatch.cli.systemd.steps import run, write_file
from invoicewatch.config import Config


def make_folders(config: Config) -> Iterator[str]:
    """Make what is missing; folders of other people are left as they are, and checked."""
    wanted = units.folders(config)
    managed = [folder for folder in wanted if _is_ours(folder)]
    yield from write_file(units.TMPFILES_FILE, units.render_folders(managed))
    run("systemd-tmpfiles", "--create", str(units.TMPFILES_FILE))
    yield from (f"folder {folder}" for folder in managed)
    yield from (_judge_access(folder) for folder in wanted if folder not in managed)
    _make_database(Path(config.paths.state))


def _is_ours(folder: Path) -> bool:
    """Whether to make the folder, or to see to its rights: not within anybody else's, who could swap it for a link."""
    trusted = {0, pwd.getpwnam(units.USER).pw_uid}
    if folder.exists() and folder.stat().st_uid != pwd.getpwnam(units.USER).pw_uid:
        return False
    return all(parent.stat().st_uid in trusted for parent in folder.parents if parent.exists())


def _judge_access(folder: Path) -> str:
    """Whether the service's user may work in a folder that is not its own."""
    if not folder.exists():
        return f"WARNING {folder}: is not there, and is for the owner of {folder.parent} to make"
    test = ["test", "-w", str(folder), "-a", "-x", str(folder)]
    done = subprocess.run(["runuser", "-u", units.USER, "--", *test], check=False)
    if done.returncode == 0:
        return f"folder {folder} (was there, and the service may write to it)"
    access = f"u:{units.USER}:rwx,d:u:{units.USER}:rwx"
    return f"WARNING {folder}: {units.USER} may not write there; try  setfacl -m {access} {folder}"


def make_people(state: Path) -> None:
    """The empty file of those who may come in, so that it is the service's even if root adds the first."""
    from invoicewatch.web.people.store import PEOPLE_NAME

    _make_file(state / PEOPLE_NAME, 0o600)


def _make_database(state: Path) -> None:
    """An empty file is a new database to SQLite. Its mode is the widest right that a group may have in it."""
    _make_file(state / "invoicewatch.db", 0o660)


def _make_file(file: Path, mode: int) -> None:
    if not file.exists():
        owner = pwd.getpwnam(units.USER)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        os.fchown(descriptor, owner.pw_uid, owner.pw_gid)
        os.close(descriptor)

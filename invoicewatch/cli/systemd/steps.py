"""The steps that installing and removing consist of; each can be done again, and yields what it did."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from invoicewatch.cli.systemd import units
from invoicewatch.errors import DependencyError


def activate(systemctl: tuple[str, ...], *, start: bool, unit: str = units.UNIT) -> Iterator[str]:
    """Make a unit known and start it at boot, and now if that is wanted."""
    run(*systemctl, "daemon-reload")
    run(*systemctl, "enable", unit)
    yield f"enabled {unit}"
    if start:
        run(*systemctl, "restart", unit)
        option = " --web" if unit == units.WEB_UNIT else ""
        yield f"started {unit}; `invoicewatch service status{option}` says how it is"


def remove_unit(systemctl: tuple[str, ...], folder: Path, unit: str = units.UNIT) -> Iterator[str]:
    """Stop a unit and take it and its drop-in out of ``folder``."""
    if (folder / unit).exists():
        run(*systemctl, "disable", "--now", unit)
        yield f"stopped {unit}"
    yield from remove_file(folder / units.drop_in(unit))
    yield from remove_file(folder / unit)
    run(*systemctl, "daemon-reload")


def remove_file(file: Path) -> Iterator[str]:
    """Remove a file if it is there, and the drop-in folder that it leaves empty."""
    if file.exists():
        file.unlink()
        yield f"removed {file}"
    if file.parent.name.endswith(".service.d") and file.parent.is_dir() and not any(file.parent.iterdir()):
        file.parent.rmdir()


def write_file(file: Path, text: str) -> Iterator[str]:
    """Write a file for all to read, at once and whole; one that says the same already is left alone."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        yield f"unchanged {file}"
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(f".{file.name}.new")
    scratch.write_text(text, encoding="utf-8")
    scratch.chmod(0o644)
    scratch.replace(file)
    yield f"wrote {file}"


def run(*command: str) -> None:
    """Run a program of the system. Raises DependencyError with what it said."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError as exc:
        raise DependencyError(
            f"{command[0]} is not here",
            remedy="The service needs systemd; without it, start `invoicewatch run` yourself.",
        ) from exc
    if done.returncode != 0:
        said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise DependencyError(f"{' '.join(command)} failed: {said}", remedy="Mend that, and run the command again.")

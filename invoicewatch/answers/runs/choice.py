"""Which records to read again, and where their documents lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.records.find import get_invoice, list_places
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.search.query_text import parse_status
from invoicewatch.store.upkeep.audit import hash_file
from invoicewatch.store.upkeep.rerun import list_outdated, parse_version


@dataclass(frozen=True, slots=True)
class Choice:
    """Records by name; else all, narrowed down by a status or by the version of the engine that read them."""

    names: tuple[str, ...] = ()
    everything: bool = False
    status: str = ""
    engine_older_than: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file to read again, and the records that it was read as."""

    path: Path
    ids: tuple[int, ...]


def choose_records(reader: Rows, choice: Choice) -> list[int]:
    """The numbers of the chosen records, each once.

    Raises:
        ConfigError: There is no such record, version or status, or nothing was chosen at all.
    """
    if choice.names:
        return list(dict.fromkeys(get_invoice(reader, name).id for name in choice.names))
    status, older = choice.status, choice.engine_older_than
    if not (choice.everything or status or older):
        remedy = "Name IDs, or say --all, --status or --engine-older-than."
        raise ConfigError("nothing to read again", remedy=remedy, code="no_choice")
    if older and not parse_version(older):
        raise ConfigError(f"{older!r} is no version", remedy="Write it like 5.4.0.")
    try:
        return list_outdated(reader, status=parse_status(status) if status else "", engine_older_than=older)
    except ValueError as exc:
        raise ConfigError(f"{status!r} is no status", remedy="accepted, review, failed or duplicate.") from exc


def find_known_files(reader: Rows, ids: Sequence[int]) -> list[KnownFile]:
    """Where the documents lie, as far as they still hold the bytes that were recorded; a file of many parts once."""
    wanted: dict[str, list[int]] = {}
    found: dict[str, Path] = {}
    for number in ids:
        stored = get_invoice(reader, str(number))
        sha256 = stored.machine.sha256
        wanted.setdefault(sha256, []).append(number)
        if sha256 in found:
            continue
        path = next((path for path in list_places(stored) if hash_file(path) == sha256), None)
        if path is not None:
            found[sha256] = path
    return [KnownFile(path, tuple(wanted[sha256])) for sha256, path in found.items()]

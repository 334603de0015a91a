"""Choose the records to read again, and keep what the new run says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from invoicewatch.records import Invoice, format_value
from invoicewatch.store.database import deed
from invoicewatch.store.database.chain import write_down
from invoicewatch.store.database.deed import Deed, Doer
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.memory.alarms.raising import foresee_alarms
from invoicewatch.store.records import query
from invoicewatch.store.records.recall import find_records
from invoicewatch.store.records.recording import record_parts

if TYPE_CHECKING:
    from sqlmodel import Session

_VERSION = re.compile(r"\d+(?:\.\d+)+")


@dataclass(frozen=True, slots=True)
class Change:
    """What a new run says otherwise, as canonical texts; None where there is or was nothing.

    ``overruled`` says that a person's value counts either way.
    """

    name: str
    before: str | None
    after: str | None
    overruled: bool = False


def list_outdated(reader: Rows, *, status: str = "", engine_older_than: str = "") -> list[int]:
    """The numbers of records in order; with ``engine_older_than`` those whose first engine is of an older version."""
    rows = reader.rows(
        "SELECT id, run.engine FROM invoice JOIN run ON invoice_id = id WHERE ? IN ('', invoice.status) ORDER BY id",
        (status,),
    )
    limit = parse_version(engine_older_than)
    return [row["id"] for row in rows if not limit or parse_version(row["engine"]) < limit]


def parse_version(text: str) -> tuple[int, ...]:
    """The first version number in a text (``tesseract 5.3.0 eng``) as numbers; empty if there is none."""
    found = _VERSION.search(text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def list_unfinished(reader: Rows, ids: Sequence[int], started: datetime) -> list[int]:
    """Those of ``ids`` that have not been recorded since."""
    rows = reader.rows("SELECT invoice_id FROM run WHERE recorded >= ?", (format_utc(started),))
    done = {row["invoice_id"] for row in rows}
    return [number for number in ids if number not in done]


class Rerun(NamedTuple):
    """What became of one record: its number (None for a part that would be new), and what changed."""

    number: int | None
    changes: tuple[Change, ...]


def save_rerun(session: Session, parts: Sequence[Invoice], *, doer: Doer | None) -> list[Rerun]:
    """Keep a new run of a recorded file for whoever asked for it, and tell what it changes, a record each.

    The document keeps the name it came under, and people's values keep counting. With None nothing is kept.

    Raises:
        SplitChangedError: The file is split otherwise now, and people entered values since.
    """
    before = find_records(session, parts[0].sha256)
    split = (Change("parts", str(len(before)), str(len(parts))),) if len(before) != len(parts) else ()
    if doer:
        named = [replace(part, path=before[0].machine.path) for part in parts]
        kept: list[tuple[int | None, Invoice]] = [
            *record_parts(session, named, arrived=before[0].arrived, recorded=doer.when)
        ]
    else:
        numbers = [*(each.id for each in before), *[None] * len(parts)]
        flagged = (foresee_alarms(session, part) for part in parts)
        kept = list(zip(numbers, flagged, strict=False))
    olds = [*before, *[None] * len(parts)]
    reruns = [
        Rerun(number, (*split, *(compare_runs(old, new) if old else ())))
        for old, (number, new) in zip(olds, kept, strict=False)
    ]
    if doer:
        write_down(session, _describe(parts, reruns), doer)
    return reruns


def _describe(parts: Sequence[Invoice], reruns: Sequence[Rerun]) -> Iterator[deed.Change]:
    """What the log has of it: an entry for each change, and one for a record that did not change."""
    for part, rerun in zip(parts, reruns, strict=True):
        for change in rerun.changes or (Change("", None, None),):
            record = (rerun.number, part.sha256, part.part_number)
            yield deed.Change(Deed.REPROCESS, *record, field=change.name, before=change.before, after=change.after)


def compare_runs(before: query.StoredInvoice, after: Invoice) -> tuple[Change, ...]:
    """The fields, and the status, that two runs of the machine differ in."""
    old, new = _texts(before.machine), _texts(after)
    entered = {entry.name for entry in before.entries}
    names = [*old, *(name for name in new if name not in old)]
    return tuple(
        Change(name, old.get(name), new.get(name), overruled=name in entered)
        for name in names
        if old.get(name) != new.get(name)
    )


def _texts(invoice: Invoice) -> Mapping[str, str]:
    found = {name: format_value(field.value) for name, field in invoice.fields.items() if field is not None}
    return {**found, "status": str(invoice.status)}

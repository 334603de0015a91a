"""Read one record back, with what people entered, as the values that travel through the program."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from invoicewatch.records import (
    FIELD_NAMES,
    Alarm,
    AlarmCode,
    Alternative,
    Asked,
    Attachment,
    Box,
    BrokenRule,
    Code,
    Edit,
    Failure,
    Field,
    FieldValue,
    Invoice,
    PageSize,
    Part,
    Signature,
    SignatureState,
    Source,
    Status,
    TakenFor,
    Timings,
    Validation,
    Validity,
)
from invoicewatch.records.as_json import restore_path
from invoicewatch.store.database.reader import Rows, open_reader
from invoicewatch.store.database.times import parse_utc
from invoicewatch.store.records.effective import STATUS, latest_entries
from invoicewatch.store.records.items import read_lines, read_taxes

__all__ = ["HumanEntry", "StoredInvoice", "find_invoice", "find_invoice_id", "open_reader"]


@dataclass(frozen=True, slots=True)
class HumanEntry:
    """One entry by a person; ``value`` None says that there is no such field, ``before`` what counted until then."""

    name: str
    kind: str
    value: str | None
    withdrawn: bool
    before: str | None
    who: str
    entered: datetime


@dataclass(frozen=True, slots=True)
class StoredInvoice:
    """A record as it is kept: ``machine`` is what the last run found, ``entries`` what people entered since."""

    id: int
    machine: Invoice
    entries: tuple[HumanEntry, ...]
    run: int
    arrived: datetime
    recorded: datetime
    inbox: str
    stored_path: str

    @property
    def invoice(self) -> Invoice:
        """The record with the values that count: a person's where there is one."""
        standing = latest_entries(self.entries)
        fields = dict(self.machine.fields)
        for name, entry in standing.items():
            if name != STATUS:
                fields[name] = _human_field(entry, fields.get(name))
        status = standing[STATUS].value if STATUS in standing else None
        return replace(self.machine, fields=fields, status=Status(status) if status else self.machine.status)


def find_invoice_id(reader: Rows, name: str) -> int | None:
    """The record's number for what a person typed: the number, or the beginning of the file's SHA-256 (from 6 digits).

    ``a1b2c3/2`` is the second part of such a file. None if there is no such record, or more than one.
    """
    if name.isascii() and name.isdecimal() and len(name) < 18:  # noqa: PLR2004 - what fits SQLite's integers
        rows = reader.rows("SELECT id FROM invoice WHERE id = ?", (int(name),))
        if rows:
            return int(rows[0]["id"])
    start, _, part = name.lower().partition("/")
    if len(start) < 6 or any(c not in "0123456789abcdef" for c in start):  # noqa: PLR2004 - as documented
        return None
    rows = reader.rows(
        "SELECT id FROM invoice WHERE sha256 >= ? AND sha256 < ? AND ? IN ('', CAST(part AS TEXT)) LIMIT 2",
        (start, start + "g", part),
    )
    return int(rows[0]["id"]) if len(rows) == 1 else None


def find_invoice(reader: Rows, invoice_id: int) -> StoredInvoice | None:
    """The record of that number, or None."""
    rows = reader.rows(
        "SELECT *, run.status AS machine_status FROM invoice"
        " JOIN run ON run.invoice_id = id JOIN text ON text.invoice_id = id WHERE id = ?",
        (invoice_id,),
    )
    if not rows:
        return None
    row = rows[0]
    return StoredInvoice(
        id=invoice_id,
        machine=_make_invoice(reader, row),
        entries=_read_entries(reader, invoice_id),
        run=row["run"],
        arrived=parse_utc(row["arrived"]),
        recorded=parse_utc(row["recorded"]),
        inbox=row["inbox"],
        stored_path=restore_path(row["stored_path"]),
    )


def find_parts(reader: Rows, sha256: str) -> list[StoredInvoice]:
    """The records of the file with these bytes, in the order of its parts; empty if there are none."""
    found = reader.rows("SELECT id FROM invoice WHERE sha256 = ? ORDER BY part", (sha256,))
    stored = (find_invoice(reader, row["id"]) for row in found)
    return [each for each in stored if each is not None]


def _make_invoice(reader: Rows, row: Any) -> Invoice:
    error = None if row["error"] is None else Failure(**json.loads(row["error"]))
    return Invoice(
        path=row["path"] if row["path_bytes"] is None else os.fsdecode(row["path_bytes"]),
        sha256=row["sha256"],
        media_type=row["media_type"],
        status=Status(row["machine_status"]),
        page_sizes=tuple(PageSize(*size) for size in json.loads(row["page_sizes"])),
        engine=row["engine"],
        model=row["model"],
        raw_text=row["raw"],
        enhanced_text=row["raw"] if row["enhanced_is_raw"] else row["enhanced"],
        edits=_read_edits(reader, row["id"]),
        fields=_read_fields(reader, row["id"]),
        reasons=tuple(json.loads(row["reasons"])),
        notes=tuple(json.loads(row["notes"])),
        error=error,
        timings=Timings(**json.loads(row["timings"])),
        versions=json.loads(row["versions"]),
        part=make_part(row),
        attachments=_make_attachments(row["attachments"]),
        alarms=tuple(Alarm(**{**each, "code": AlarmCode(each["code"])}) for each in _load_all(row["alarms"])),
        asked=tuple(Asked(**each) for each in _load_all(row["asked"])),
        signature=_make_signature(row["signature"]),
        codes=_make_codes(row["codes"]),
        validation=_make_validation(row["validation"]),
        lines=read_lines(reader, row["id"]),
        taxes=read_taxes(reader, row["id"]),
    )


def _make_attachments(stored: str | None) -> tuple[Attachment, ...]:
    return tuple(Attachment(**{**each, "taken_for": TakenFor(each["taken_for"])}) for each in _load_all(stored))


def _load_all(stored: str | None) -> list[dict[str, Any]]:
    return [] if stored is None else list(json.loads(stored))


def _make_signature(stored: str | None) -> Signature | None:
    if stored is None:
        return None
    kept = json.loads(stored)
    return Signature(SignatureState(kept["state"]), kept["signer"], kept["detail"])


def _make_codes(stored: str | None) -> tuple[Code, ...]:
    kept = [] if stored is None else json.loads(stored)
    return tuple(Code(**{**each, "box": Box(*each["box"])}) for each in kept)


def _make_validation(stored: str | None) -> Validation | None:
    if stored is None:
        return None
    kept = json.loads(stored)
    broken = tuple(BrokenRule(**rule) for rule in kept["broken"])
    return Validation(Validity(kept["validity"]), kept["against"], broken, kept["detail"])


def make_part(row: Any) -> Part | None:
    """Which pages of its file a row of ``invoice`` stands for; None for the whole of it."""
    return Part(row["part"], row["part_count"], tuple(json.loads(row["part_pages"]))) if row["part"] else None


def _read_fields(reader: Rows, invoice_id: int) -> Mapping[str, Field | None]:
    rows = reader.rows("SELECT * FROM field WHERE invoice_id = ? ORDER BY name", (invoice_id,))
    found = {row["name"]: _make_field(row) for row in rows}
    return {name: found.get(name) for name in [*FIELD_NAMES, *(n for n in found if n not in FIELD_NAMES)]}


def _make_field(row: Any) -> Field:
    return Field(
        name=row["name"],
        value=parse_value(row["kind"], row["value"]),
        confidence=row["confidence"],
        verified=bool(row["verified"]),
        page=row["page"],
        box=_make_box([row["x0"], row["y0"], row["x1"], row["y1"]]),
        source=Source(row["source"]),
        method=row["method"],
        text=row["text"],
        alternatives=tuple(
            Alternative(parse_value(o["kind"], o["value"]), o["confidence"], o["page"], _make_box(o["box"]), o["text"])
            for o in json.loads(row["alternatives"])
        ),
        xpath=row["xpath"] or "",
        doubtful=bool(row["doubtful"]),
    )


def parse_value(kind: str, text: str) -> FieldValue:
    """The value of a stored text: ``money``, ``date`` or ``text``."""
    if kind == "money":
        return Decimal(text)
    return date.fromisoformat(text) if kind == "date" else text


def _make_box(sides: Sequence[float | None] | None) -> Box | None:
    if sides is None or any(side is None for side in sides):
        return None
    x0, y0, x1, y1 = (float(side) for side in sides if side is not None)
    return Box(x0, y0, x1, y1)


def _read_edits(reader: Rows, invoice_id: int) -> tuple[Edit, ...]:
    rows = reader.rows("SELECT * FROM edit WHERE invoice_id = ? ORDER BY position", (invoice_id,))
    return tuple(
        Edit(
            page=row["page"],
            line=row["line"],
            first=row["first"],
            last=row["last"],
            before=row["before"],
            after=row["after"],
            box=Box(row["x0"], row["y0"], row["x1"], row["y1"]),
            reason=row["reason"],
            score_before=row["score_before"],
            score_after=row["score_after"],
            processor=row["processor"],
        )
        for row in rows
    )


def _read_entries(reader: Rows, invoice_id: int) -> tuple[HumanEntry, ...]:
    rows = reader.rows("SELECT * FROM human_value WHERE invoice_id = ? ORDER BY id", (invoice_id,))
    return tuple(
        HumanEntry(
            name=row["name"],
            kind=row["kind"],
            value=row["value"],
            withdrawn=bool(row["withdrawn"]),
            before=row["before"],
            who=row["who"],
            entered=parse_utc(row["entered"]),
        )
        for row in rows
    )


def _human_field(entry: HumanEntry, machine: Field | None) -> Field | None:
    """A person's value as a field: certain; it stands where the machine saw the same value, else nowhere."""
    if entry.value is None:
        return None
    value = parse_value(entry.kind, entry.value)
    same = machine if machine is not None and machine.value == value else None
    return Field(
        name=entry.name,
        value=value,
        confidence=1.0,
        verified=True,
        page=same.page if same else None,
        box=same.box if same else None,
        source=Source.HUMAN,
        method=f"entered by {entry.who}",
        text=same.text if same else "",
        alternatives=machine.alternatives if machine else (),
        xpath=same.xpath if same else "",
    )

"""What the page of a document shows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from invoicewatch.answers.records.doubts import Doubt
from invoicewatch.answers.records.find import find_original
from invoicewatch.answers.records.refuse import list_refusals
from invoicewatch.answers.records.texts import TextLine, list_text_lines
from invoicewatch.answers.records.twins import Twin, list_siblings, list_twins
from invoicewatch.answers.records.version import find_version
from invoicewatch.answers.records.words import list_page_words
from invoicewatch.records import Edit, Field
from invoicewatch.store.records.effective import STATUS, latest_entries
from invoicewatch.store.records.query import HumanEntry, StoredInvoice
from invoicewatch.store.records.refused import KeptRefusal
from invoicewatch.web.pages.leaves import list_leaves
from invoicewatch.web.paper.rereading import Job, Rereader

_TOLD_FOR_S = 600.0
_MOST_CODE_CHARS = 80


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field with the value that counts; ``entry`` is what a person said of it, ``machine`` what the machine found."""

    name: str
    field: Field | None
    machine: Field | None
    entry: HumanEntry | None


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """An edit at its position in the record; ``refused`` says that it goes with the next reading."""

    position: int
    edit: Edit
    refused: bool


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a record: ``kind`` is ``arrived``, ``read``, ``entered``, ``refused`` or ``allowed``.

    ``entry`` or ``refusal`` is what it was, for the last three.
    """

    when: datetime
    kind: str
    who: str = ""
    entry: HumanEntry | None = None
    refusal: KeptRefusal | None = None


def gather_values(state_dir: Path, stored: StoredInvoice, rereader: Rereader) -> dict[str, Any]:
    """The values of the template for a record."""
    invoice = stored.invoice
    refusals = list_refusals(state_dir, stored.id)
    fields = list(_list_fields(stored))
    lines = list(list_text_lines(invoice, list_page_words(state_dir, stored.id))) if invoice.raw_text else []
    corrected = invoice.enhanced_text not in (None, invoice.raw_text)
    return {
        "stored": stored,
        "invoice": invoice,
        "record_version": find_version(stored),
        "leaves": list_leaves(stored),
        "found": [each for each in fields if each.field is not None or each.entry is not None],
        "missing": [each for each in fields if each.field is None and each.entry is None],
        "status_entry": latest_entries(stored.entries).get(STATUS),
        "lines": lines,
        "corrected": corrected,
        "doubts": list(_list_doubts(lines, corrected=corrected)),
        "edits": _list_edits(invoice.edits, refusals),
        "refusals": [each for each in refusals if each.stands and not _is_pending(each, invoice.edits)],
        "codes": [(code, " ".join(code.text.split())[:_MOST_CODE_CHARS]) for code in invoice.codes],
        "has_xml": any(field is not None and field.xpath for field in stored.machine.fields.values()),
        "has_original": find_original(stored) is not None,
        "twins": list_twins(state_dir, stored.id),
        "siblings": _list_siblings(state_dir, stored),
        "events": list_events(stored, refusals),
        "job": find_told_job(rereader, stored.id),
    }


def find_told_job(rereader: Rereader, number: int) -> Job | None:
    """The latest reading that somebody asked for, while it lasts and a while after it."""
    job = rereader.find(number)
    if job is None or job.busy or time.monotonic() - job.ended_s < _TOLD_FOR_S:
        return job
    return None


def list_events(stored: StoredInvoice, refusals: Iterable[KeptRefusal]) -> list[Event]:
    """What happened to a record, the latest first. Of its readings only the latest is kept."""
    events = [Event(stored.arrived, "arrived"), Event(stored.recorded, "read")]
    events += [Event(entry.entered, "entered", entry.who, entry) for entry in stored.entries]
    for each in refusals:
        events.append(Event(each.entered, "refused", each.who, refusal=each))
        if each.withdrawn is not None:
            events.append(Event(each.withdrawn, "allowed", each.withdrawn_by or "", refusal=each))
    return sorted(events, key=lambda event: event.when, reverse=True)


def _list_fields(stored: StoredInvoice) -> Iterator[ShownField]:
    entries = latest_entries(stored.entries)
    for name, field in stored.invoice.fields.items():
        yield ShownField(name, field, stored.machine.fields.get(name), entries.get(name))


def _list_doubts(lines: Iterable[TextLine], *, corrected: bool) -> Iterator[Doubt]:
    """What is marked in the text that counts."""
    for line in lines:
        for piece in line.enhanced if corrected else line.raw:
            if piece.doubt is not None:
                yield piece.doubt


def _list_edits(edits: Sequence[Edit], refusals: Iterable[KeptRefusal]) -> list[ShownEdit]:
    standing = [each.refusal for each in refusals if each.stands]
    return [
        ShownEdit(position, edit, any(refusal.meets(edit) for refusal in standing))
        for position, edit in enumerate(edits)
    ]


def _is_pending(kept: KeptRefusal, edits: Iterable[Edit]) -> bool:
    return any(kept.refusal.meets(edit) for edit in edits)


def _list_siblings(state_dir: Path, stored: StoredInvoice) -> list[Twin]:
    return [] if stored.machine.part is None else list_siblings(state_dir, stored.id)

"""What a person says is right: read as typed, kept, and told with what counted before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.version import check_version
from invoicewatch.answers.transaction import begin_change
from invoicewatch.errors import ConfigError
from invoicewatch.records import FIELD_NAMES, FieldValue, format_value
from invoicewatch.records.typed import parse_typed
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.store.search.query_text import parse_status

if TYPE_CHECKING:
    from invoicewatch.store.records.entries import Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """What counted for a field before and after, as canonical texts; None where there was or is nothing."""

    name: str
    before: str | None
    after: str | None


def make_entries(typed: Iterable[tuple[str, str]], undo: Iterable[str] = ()) -> dict[str, Entry]:
    """Entries by field name.

    Args:
        typed: Fields (``status`` among them) with their values as typed; an empty text says that there is none.
        undo: Fields of which everything that was entered is taken back.

    Raises:
        ConfigError: There is no such field, the text is no value of it, or nothing was said at all.
    """
    from invoicewatch.store.records.entries import Entry

    entries = {check_field(field): Entry(parse_change(field, text)) for field, text in typed}
    entries |= {check_field(field): Entry(withdrawn=True) for field in undo}
    if not entries:
        raise ConfigError("nothing to set", remedy="Say FIELD=VALUE, or --undo FIELD.", code="no_change")
    return entries


def check_field(name: str) -> str:
    """The name itself. Raises ConfigError if no field is called so."""
    if name not in {*FIELD_NAMES, STATUS}:
        raise ConfigError(f"there is no field {name!r}", remedy=f"Fields: {', '.join((*FIELD_NAMES, STATUS))}.")
    return name


def parse_change(field: str, text: str) -> FieldValue | None:
    """The value of a change; None for an empty text. Raises ConfigError."""
    if not text:
        return None
    if field != STATUS:
        return parse_typed(field, text)
    try:
        return parse_status(text)
    except ValueError as exc:
        raise ConfigError(f"{text!r} is no status", remedy="accepted, review, failed or duplicate.") from exc


def enter(
    state_dir: Path,
    invoice_id: int,
    entries: Mapping[str, Entry],
    *,
    who: str,
    when: datetime,
    expected: str | None = None,
) -> None:
    """Keep what ``who`` says of a record at ``when`` (timezone-aware); what counts is decided anew, and is learned.

    Args:
        state_dir: The folder of the database.
        invoice_id: The record.
        entries: By field name.
        who: Who says so.
        when: When.
        expected: The version of the record that they saw (:func:`find_version`); None to enter in any case.

    Raises:
        ConfigError: There is no such record.
        OvertakenError: Somebody else has changed it since.
        StoreError: The database cannot be written.
    """
    from invoicewatch.store.records.entries import enter_values

    with begin_change(state_dir) as session:
        if expected is not None:
            check_version(session, invoice_id, expected)
        enter_values(session, invoice_id, entries, who=who, when=when)


def set_values(
    state_dir: Path, before: StoredInvoice, entries: Mapping[str, Entry], *, who: str, when: datetime
) -> list[Difference]:
    """Keep entries as :func:`enter` does, and tell what each of them changed since ``before`` was read."""
    enter(state_dir, before.id, entries, who=who, when=when)
    after = read_invoice(state_dir, str(before.id))
    return [Difference(name, _describe(before, name), _describe(after, name)) for name in entries]


def _describe(stored: StoredInvoice, name: str) -> str | None:
    if name == STATUS:
        return str(stored.invoice.status)
    field = stored.invoice.fields.get(name)
    return None if field is None else format_value(field.value)

"""A person takes one change of the text back, or allows it again; the document is to be read again after that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from invoicewatch.answers.records.version import check_version
from invoicewatch.answers.transaction import begin_change
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.records.refused import KeptRefusal, read_refusals


def list_refusals(state_dir: Path, number: int) -> tuple[KeptRefusal, ...]:
    """What was refused of a record's edits, in the order of entry, the withdrawn ones too. Raises StoreError."""
    with open_reader(state_dir) as reader:
        return read_refusals(reader, number)


def refuse_edit(
    state_dir: Path, number: int, position: int, *, who: str, when: datetime, expected: str | None = None
) -> None:
    """Refuse the edit at a position (from 0) of a record's edits: no run makes it again.

    Args:
        state_dir: The folder of the database.
        number: The record.
        position: Which of its edits, as they are listed.
        who: Who says so.
        when: When, timezone-aware.
        expected: The version of the record that they saw; None to refuse in any case.

    Raises:
        ConfigError: There is no such record or edit.
        OvertakenError: The record was changed since.
    """
    from invoicewatch.store.database.session_rows import SessionRows
    from invoicewatch.store.records.query import find_invoice
    from invoicewatch.store.records.refusals import keep_refusal

    with begin_change(state_dir) as session:
        if expected is not None:
            check_version(session, number, expected)
        stored = find_invoice(SessionRows.open(session), number)
        edits = () if stored is None else stored.machine.edits
        if not 0 <= position < len(edits):
            remedy = "`invoicewatch show` lists what was corrected."
            raise ConfigError(f"record {number} has no edit {position + 1}", remedy=remedy, code="no_edit")
        keep_refusal(session, number, edits[position], who=who, when=when)


def allow_edit(state_dir: Path, number: int, refusal_id: int, *, who: str, when: datetime) -> None:
    """Withdraw a refusal: the next run may make the edit again. Raises ConfigError if there is no such refusal."""
    from invoicewatch.store.records.refusals import withdraw_refusal

    with begin_change(state_dir) as session:
        if not withdraw_refusal(session, number, refusal_id, who=who, when=when):
            raise ConfigError(f"record {number} has no refusal {refusal_id}", code="no_edit")

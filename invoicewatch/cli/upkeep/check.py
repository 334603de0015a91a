"""``invoicewatch check``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.records.contract.machine import FindingJson
from invoicewatch.store.records.query import open_reader
from invoicewatch.store.upkeep.audit import Fault, Finding, check_database, check_files

_WORDS = {
    Fault.MISSING: "the original is gone",
    Fault.CHANGED: "the original is not what was recorded",
    Fault.MOVED: "the original lies elsewhere in the archive",
    Fault.ORPHANED: "no record knows this file",
    Fault.DAMAGED: "the database is damaged",
}


def check(
    ctx: typer.Context,
    *,
    content: Annotated[
        bool, typer.Option("--content", help="Read every original and compare it with its record, byte for byte.")
    ] = False,
    mend: Annotated[bool, typer.Option("--mend", help="Follow originals that were moved inside the archive.")] = False,
    reindex: Annotated[bool, typer.Option("--reindex", help="Build the search index anew.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare ledger, records and files, and mend what is safe.

    Lists originals that are missing, changed or moved, files in the archive that no record knows, and damage in the
    database. Nothing is ever deleted. The exit code is 1 if something is wrong and was not mended, 4 for the database.
    """
    state = get_state(ctx)
    if reindex:
        _rebuild(state.state_dir)
    with open_reader(state.state_dir) as reader:
        found = [*check_database(reader), *check_files(reader, Path(state.config.paths.archive), with_content=content)]
    mended = _follow(state.state_dir, found) if mend else set()
    for finding in found:
        _print(finding, mended=finding in mended, as_json=as_json)
    left = [finding for finding in found if finding not in mended]
    if not as_json:
        typer.echo(f"{len(left)} left to look at." if left else "Everything is in order.")
    if left:
        raise typer.Exit(4 if any(finding.fault is Fault.DAMAGED for finding in left) else 1)


def _follow(state_dir: Path, found: Sequence[Finding]) -> set[Finding]:
    """Tell the records where their originals lie now: the bytes are the same, so nothing can go wrong."""
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.tables.record import InvoiceRow

    moved = {finding for finding in found if finding.fault is Fault.MOVED}
    database = open_database(state_dir)
    try:
        with database.begin() as session:
            for finding in moved:
                row = session.get_one(InvoiceRow, finding.invoice_id)
                row.stored_path = make_encodable(finding.found_at)
    finally:
        database.close()
    return moved


def _rebuild(state_dir: Path) -> None:
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.index.full_text import rebuild_index

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            rebuild_index(session.connection())
    finally:
        database.close()


def _print(finding: Finding, *, mended: bool, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(dump_json(finding_to_json(finding, mended=mended)) + "\n")
        return
    which = f"invoice {finding.invoice_id}: " if finding.invoice_id is not None else ""
    where = f" -> {finding.found_at}" if finding.found_at else ""
    done = " (mended)" if mended else ""
    typer.echo(make_printable(f"{finding.fault}: {which}{_WORDS[finding.fault]}: {finding.path}{where}{done}"))


def finding_to_json(finding: Finding, *, mended: bool) -> FindingJson:
    """What is wrong with which file, as plain JSON values."""
    return {
        "fault": str(finding.fault),
        "path": make_encodable(finding.path),
        "invoice": finding.invoice_id,
        "found_at": make_encodable(finding.found_at) or None,
        "mended": mended,
    }

"""``invoicewatch check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.answers.upkeep.check import build_index_anew, compare_files, finding_to_json
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.upkeep.audit import Fault, Finding

_WORDS = {
    Fault.MISSING: "the original is gone",
    Fault.CHANGED: "the original is not what was recorded",
    Fault.MOVED: "the original lies elsewhere in the archive",
    Fault.ORPHANED: "no record knows this file",
    Fault.DAMAGED: "the database is damaged",
    Fault.LOG: "the log of changes does not hold together",
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

    Lists originals that are missing, changed or moved, files in the archive that no record knows, damage in the
    database, and entries of the log that are missing, changed or out of order. Nothing is ever deleted. The exit code
    is 1 if something is wrong and was not mended, 4 for the database or its log.
    """
    state = get_state(ctx)
    if reindex:
        build_index_anew(state.state_dir)
    archive = Path(state.config.paths.archive)
    result = compare_files(state.state_dir, archive, with_content=content, mend=mend)
    for finding in result.found:
        _print(finding, mended=finding in result.mended, as_json=as_json)
    left = result.left
    if not as_json:
        typer.echo(f"{len(left)} left to look at." if left else "Everything is in order.")
    if left:
        raise typer.Exit(4 if any(finding.fault in {Fault.DAMAGED, Fault.LOG} for finding in left) else 1)


def _print(finding: Finding, *, mended: bool, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(dump_json(finding_to_json(finding, mended=mended)) + "\n")
        return
    which = f"invoice {finding.invoice_id}: " if finding.invoice_id is not None else ""
    where = f" -> {finding.found_at}" if finding.found_at else ""
    done = " (mended)" if mended else ""
    typer.echo(make_printable(f"{finding.fault}: {which}{_WORDS[finding.fault]}: {finding.path}{where}{done}"))

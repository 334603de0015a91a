"""``invoicewatch forget``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.named import get_invoice
from invoicewatch.store.records.query import StoredInvoice, open_reader


def forget(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    keep_files: Annotated[bool, typer.Option("--keep-files", help="Erase the record, but no file.")] = False,
    whole_file: Annotated[
        bool, typer.Option("--whole-file", help="With all other invoices that came in the same file.")
    ] = False,
) -> None:
    """Erase an invoice for good: record, texts, index entries, what was learned from it, and the original.

    Files are deleted only if they hold the very bytes that were recorded. A file that was split stays until the last of
    its invoices is forgotten. Backups that you made still hold it.
    """
    state_dir = get_state(ctx).state_dir
    with open_reader(state_dir) as reader:
        stored = get_invoice(reader, name)
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.upkeep.audit import hash_file
    from invoicewatch.store.upkeep.forget import check_at_rest, erase_traces, forget_invoice, list_files, list_siblings

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            check_at_rest(session, stored.id)
            siblings = list_siblings(session, stored.id)
            paths = [] if keep_files or (siblings and not whole_file) else list_files(session, stored.id)
        ids = [stored.id, *siblings] if whole_file else [stored.id]
        files = [Path(path) for path in paths if hash_file(Path(path)) == stored.machine.sha256]
        if not yes:
            _ask(stored, ids, files)
        # Files first: if this is interrupted, the record is still there to try again with.
        for file in files:
            file.unlink()
        with database.begin() as session:
            for number in ids:
                forget_invoice(session, number)
        erase_traces(database)
    finally:
        database.close()
    _tell(ids, len(files), left=len(siblings) + 1 - len(ids))


def _ask(stored: StoredInvoice, ids: list[int], files: list[Path]) -> None:
    seller = stored.invoice.fields.get("seller_name")
    named = f" of {make_printable(str(seller.value))}" if seller is not None else ""
    others = f", and {', '.join(map(str, ids[1:]))} from the same file," if len(ids) > 1 else ""
    typer.echo(f"Invoice {stored.id}{named}{others} will be erased for good, with")
    for file in files:
        typer.echo(f"  {make_printable(str(file))}")
    typer.confirm("Erase it?", abort=True)


def _tell(ids: list[int], files: int, *, left: int) -> None:
    which = f"invoice{'s' * (len(ids) != 1)} {', '.join(map(str, ids))}"
    typer.echo(f"Forgotten: {which} and {files} file{'s' * (files != 1)}.")
    if left:
        typer.echo(
            f"The file stays, with this invoice's pages in it: {left} more came in it (--whole-file forgets all)."
        )

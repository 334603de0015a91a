"""``invoicewatch validate``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from invoicewatch.answers.records.validate import validate_named
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.errors import DocumentError
from invoicewatch.records import Validation, Validity
from invoicewatch.records.as_json import SCHEMA, dump_json, validation_to_json


def validate(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="FILE|ID", help="A file, or the number of a record.")],
    as_json: AsJson = False,
) -> None:
    """Check an e-invoice against the schema and the rules of its format.

    UBL and CII are checked, as they are or inside a PDF or a signed container. Each rule that is broken comes with its
    id, its words and the element. Warnings do not count. Needs the extra `invoicewatch[validate]`.
    """
    verdicts = validate_named(get_state(ctx).config, name)
    for number, verdict in verdicts:
        if as_json:
            sys.stdout.write(dump_json({"schema": SCHEMA, "invoice": number, **validation_to_json(verdict)}) + "\n")
        else:
            _print(verdict, f"invoice {number}: " if len(verdicts) > 1 else "")
    if any(verdict.validity is not Validity.VALID for _, verdict in verdicts):
        raise typer.Exit(DocumentError.exit_code)


def _print(verdict: Validation, head: str) -> None:
    typer.echo(make_printable(f"{head}{verdict.words}"))
    for rule in verdict.broken:
        typer.echo(make_printable(f"  {rule.id}  {rule.words}"))
        typer.echo(make_printable(f"      at {rule.xpath}"))

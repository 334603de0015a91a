"""The tables of ``docs/codes.md``: which field comes from where in each payload."""

from invoicewatch.extract.codes.known import SYNTAXES
from invoicewatch.extract.codes.payloads.record import Syntax
from scripts.papers.marked import make_table


def write_codes() -> str:
    """A heading and a table for each kind of payload."""
    return "\n\n".join(map(_describe, SYNTAXES)) + "\n"


def _describe(syntax: Syntax) -> str:
    use = "It asks for money." if syntax.asks_for_money else "It is printed for the tax office."
    rows = [[f"`{name}`", place] for name, place in syntax.fields.items()]
    return f"### {syntax.name}\n\n{use}\n\n{make_table(['Field', 'Where it stands'], rows)}"

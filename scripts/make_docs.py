"""Make anew what docs/ says of codes, commands, JSON, e-invoices, errors, tables.

``tests/unit/test_docs_made.py`` compares.

Usage: python -m scripts.make_docs
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.papers.codes import write_codes
from scripts.papers.commands import write_commands
from scripts.papers.einvoices import write_einvoices
from scripts.papers.errors import write_errors
from scripts.papers.json_contract import write_contract
from scripts.papers.marked import replace_made
from scripts.papers.state import write_state

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE: Mapping[str, Callable[[], str]] = {
    "codes.md": write_codes,
    "commands.md": write_commands,
    "einvoices.md": write_einvoices,
    "errors.md": write_errors,
    "json.md": write_contract,
    "state.md": write_state,
}


def make_paper(name: str) -> str:
    """The paper as it should be: what people wrote, and what is made."""
    return replace_made((DOCS / name).read_text(encoding="utf-8"), MADE[name]())


def make_all() -> None:
    """Write the papers that changed, and name them."""
    for name in MADE:
        paper = make_paper(name)
        if paper != (DOCS / name).read_text(encoding="utf-8"):
            (DOCS / name).write_text(paper, encoding="utf-8")
            print(f"wrote docs/{name}")


if __name__ == "__main__":
    make_all()

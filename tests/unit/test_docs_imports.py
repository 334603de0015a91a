"""What ARCHITECTURE.md says of who imports what, beyond the layers that import-linter checks."""

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "invoicewatch"


def find_importers(module):
    """The files of the package that import a third party's module, wherever in the file."""
    return sorted(str(file.relative_to(PACKAGE)) for file in PACKAGE.rglob("*.py") if module in find_imported(file))


@cache
def find_imported(file):
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("module", ["llama_cpp", "pytesseract", "watchdog"])
def test_one_file_alone_imports_it(module):
    assert len(find_importers(module)) == 1


@pytest.mark.parametrize(("module", "home"), [("sqlmodel", "store/"), ("typer", "cli/"), ("rich", "cli/")])
def test_one_package_alone_imports_it(module, home):
    importers = find_importers(module)
    assert importers
    assert [file for file in importers if not file.startswith(home)] == []

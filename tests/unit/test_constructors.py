"""A constructor touches no disk and starts nothing: what must acquire something has a factory that says so."""

import ast
from collections.abc import Iterator
from pathlib import Path

import invoicewatch

PACKAGE = Path(invoicewatch.__file__).parent
ACQUIRING = {
    "connect", "exists", "find_spec", "flush", "glob", "is_file", "mkdir", "open", "pipe", "pipe2", "Pipe", "Popen",
    "read_bytes", "read_text", "run", "stat", "start", "write_bytes", "write_text",
}  # fmt: skip


def list_constructors() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in {"__init__", "__post_init__"}:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def list_calls(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_no_constructor_acquires_anything():
    constructors = list(list_constructors())
    found = {place: sorted(ACQUIRING.intersection(list_calls(function))) for place, function in constructors}

    assert {} == {place: calls for place, calls in found.items() if calls}
    assert constructors

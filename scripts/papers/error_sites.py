"""Where the program raises which error code: told from the source, so that nothing need be imported or run."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "invoicewatch"
ROOT_ERROR = "InvoicewatchError"
RECORDED = "Failure"  # the record of an error: its first argument is the code


@dataclass(frozen=True, slots=True)
class Site:
    """One place that names a code: the class that carries it there, and the file (from the package on)."""

    code: str
    error: str
    file: str


def find_sites() -> list[Site]:
    """Every place, sorted. A code that is handed on from another error names nothing and is left out."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}
    constants = {name: text for tree in trees.values() for name, text in _find_constants(tree)}
    sites = {
        Site(code, error, file.relative_to(PACKAGE).as_posix())
        for file, tree in trees.items()
        for code, error in _find_codes(tree, constants)
    }
    return sorted(sites, key=lambda site: (site.code, site.error, site.file))


def find_exit_codes() -> Mapping[str, int]:
    """The exit code of every class of errors, inherited where a class states none."""
    bases: dict[str, str] = {}
    stated: dict[str, int] = {}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.bases and isinstance(node.bases[0], ast.Name):
                bases[node.name] = node.bases[0].id
                for name, value in _find_assigned(node):
                    if name == "exit_code" and isinstance(value, ast.Constant):
                        stated[node.name] = int(str(value.value))
    return {name: _inherit(name, bases, stated) for name in bases if _descends(name, bases)} | {ROOT_ERROR: 1}


def _descends(name: str, bases: Mapping[str, str]) -> bool:
    return bases.get(name) == ROOT_ERROR or (name in bases and _descends(bases[name], bases))


def _inherit(name: str, bases: Mapping[str, str], stated: Mapping[str, int]) -> int:
    return stated[name] if name in stated else _inherit(bases[name], bases, stated)


def _find_codes(tree: ast.Module, constants: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of code and class: of calls that say ``code=``, of failures that are recorded, of classes' defaults."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for name, value in _find_assigned(node):
                if name == "default_code" and (code := _read_text(value, constants)):
                    yield code, node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "code":
            either = (node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else ()
            yield from ((code, RECORDED) for value in either if (code := _read_text(value, constants)))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [word.value for word in node.keywords if word.arg == "code"]
            if node.func.id == RECORDED and node.args:
                given.append(node.args[0])
            yield from ((code, node.func.id) for value in given if (code := _read_text(value, constants)))


def _find_assigned(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id, line.value
        elif isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value is not None:
            yield line.target.id, line.value


def _find_constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        text = _read_text(node.value, {}) if isinstance(node, ast.Assign) else ""
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and text:
            yield node.targets[0].id, text


def _read_text(value: ast.expr, constants: Mapping[str, str]) -> str:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return constants.get(value.id, "") if isinstance(value, ast.Name) else ""

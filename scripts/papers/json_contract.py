"""docs/json.md: what each ``--json`` prints and what notices carry, key by key."""

from collections.abc import Iterator
from typing import Any

from invoicewatch.records.contract.answers import ANSWERS, NOTICES
from scripts.papers.marked import make_table
from scripts.papers.shapes import find_shapes, name_kind, name_shape, read_keys


def write_contract() -> str:
    """A section for each command and each notice, then one for each object that stands inside others."""
    inner: dict[Any, None] = {}
    sections = []
    for answer in dict.fromkeys(ANSWERS.values()):
        commands = [command for command, other in ANSWERS.items() if other == answer]
        often = f"One object for each {answer.each}, each on a line." if answer.each else "One object."
        title = ", ".join(f"invoicewatch {command} --json" for command in commands)
        sections += [f"## {title}", often, *_describe(answer.shape)]
    for shape in NOTICES:
        sections += [f"## Notice: {name_shape(shape)}", *_describe(shape)]
    for shape in (*(answer.shape for answer in ANSWERS.values()), *NOTICES):
        inner |= dict.fromkeys(find_shapes(shape))
    for shape in sorted(inner, key=name_shape):
        sections += [f"## {name_shape(shape)}", *_describe(shape)]
    return "\n\n".join(sections)


def _describe(shape: Any) -> Iterator[str]:
    yield " ".join((shape.__doc__ or "").split())
    rows = [
        [f"`{key.name}`", f"{name_kind(key.kind)}{', may be left out' if key.optional else ''}", key.meaning]
        for key in read_keys(shape)
    ]
    yield make_table(["key", "type", "meaning"], rows)

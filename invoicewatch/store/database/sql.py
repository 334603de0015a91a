"""SQL that is put together from parts, so that no text from outside can become a part of it.

A statement is written out in the source, made of other statements, or a name out of a set that the source spells; a
value only ever travels beside the text, as a parameter. ``LiteralString`` says so to type checkers that know it; a test
sees to it for those that take any text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, LiteralString

_HOLE = re.compile(r"\?|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement or a piece of one, and the values of its question marks in order. Made by the functions below."""

    text: str
    parameters: tuple[Any, ...] = ()


def sql(template: LiteralString, *values: Any, **parts: Sql) -> Sql:
    """A piece of SQL from a template.

    Args:
        template: The text as it stands in the source, with ``{name}`` where a part goes and ``?`` where a value does.
        values: One for each question mark of the template, in order.
        parts: By the names of their places; their own values come along.

    Raises:
        TypeError: A part is no ``Sql``.
        ValueError: There are more or fewer values or parts than places for them.
    """
    text: list[str] = []
    parameters: list[Any] = []
    left, unused, end = list(values), set(parts), 0
    for hole in _HOLE.finditer(template):
        text.append(template[end : hole.start()])
        end = hole.end()
        name = hole.group(1)
        part = _take_value(left, template) if name is None else _take_part(parts, name)
        unused.discard(name)
        text.append(part.text)
        parameters += part.parameters
    if left or unused:
        raise ValueError(f"no place for {len(left)} values and the parts {sorted(unused)} in {template!r}")
    return Sql("".join((*text, template[end:])), tuple(parameters))


def name_one_of(name: str, allowed: Collection[LiteralString]) -> Sql:
    """The name of a column, table or index. Raises ValueError for one that is not among the ``allowed``."""
    if name not in allowed or not name.isidentifier():
        raise ValueError(f"{name!r} is none of {sorted(allowed)}")
    return Sql(name)


def join_list(parts: Iterable[Sql]) -> Sql:
    """The parts with commas between them."""
    return _join(", ", parts)


def join_conditions(conditions: Iterable[Sql]) -> Sql:
    """All of them at once; what is always true where there are none."""
    found = tuple(conditions)
    return _join(" AND ", found) if found else Sql("1")


def list_values(values: Iterable[Any]) -> Sql:
    """A question mark for each value, with commas between them."""
    return join_list(Sql("?", (value,)) for value in values)


def _take_value(left: list[Any], template: str) -> Sql:
    if not left:
        raise ValueError(f"too few values for {template!r}")
    return Sql("?", (left.pop(0),))


def _take_part(parts: dict[str, Sql], name: str) -> Sql:
    if name not in parts:
        raise ValueError(f"there is no part {name!r}")
    part = parts[name]
    if not isinstance(part, Sql):
        raise TypeError(f"{name} is {type(part).__name__} and no Sql: a value goes where a question mark is")
    return part


def _join(separator: str, parts: Iterable[Sql]) -> Sql:
    found = tuple(parts)
    return Sql(separator.join(part.text for part in found), tuple(value for part in found for value in part.parameters))

"""Change one value in a configuration file and leave all else in it as it is, comments too."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*\[\s*([A-Za-z_]+)\s*\]\s*(?:#.*)?$")


def set_text_value(toml: str, table: str, key: str, value: str) -> str:
    """The TOML text with ``key`` of ``table`` set to the string ``value``; either is added where it is missing.

    Args:
        toml: A file of tables with one key a line, as ours are; no arrays of tables, no multi-line strings.
        table: The table's name.
        key: The key's name.
        value: The new value, unquoted.
    """
    entry = f"{key} = {_quote(value)}"
    lines = toml.splitlines()
    start = next((n for n, line in enumerate(lines) if (match := _TABLE.match(line)) and match[1] == table), None)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{table}]", entry]) + "\n"
    end = next((n for n in range(start + 1, len(lines)) if _TABLE.match(lines[n])), len(lines))
    old = next((n for n in range(start + 1, end) if re.match(rf"\s*{re.escape(key)}\s*=", lines[n])), None)
    if old is None:
        lines.insert(start + 1, entry)
    else:
        lines[old] = entry
    return "\n".join(lines) + "\n"


def _quote(value: str) -> str:
    """A TOML basic string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'

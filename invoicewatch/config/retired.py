"""Settings that were, so that a configuration which still has them starts."""

from __future__ import annotations

from typing import Any

_RETIRED = {
    (
        "extract",
        "accept_threshold",
    ): "it counts no more: [extract] accepted_error says how many accepted documents may be wrong"
}


def drop_retired(layers: dict[str, Any], origin: str) -> list[str]:
    """Take retired keys out of ``layers``, and say so; ``origin`` is the file or the variable."""
    warnings = []
    for (table, key), words in _RETIRED.items():
        keys = layers.get(table)
        if isinstance(keys, dict) and key in keys:
            del keys[key]
            warnings.append(f"{origin}: {table}.{key}: {words}")
    return warnings

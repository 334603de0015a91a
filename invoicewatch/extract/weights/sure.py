"""From which confidence on a field beside total and date of issue is no mere guess; ``benchmarks/learn`` counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

_UNKNOWN = 0.9
"""By judgement: for the fields of plug-ins, on which nothing was counted."""


class SureFrom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of ``count`` answers at least as confident as ``threshold``, ``wrong`` were wrong."""

    threshold: float
    count: int
    wrong: int


class Sure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies in ``weights/sure.json``, by field."""

    provenance: Mapping[str, str]
    fields: Mapping[str, SureFrom]

    def find_threshold(self, name: str) -> float:
        """From which confidence on a field of this name is no mere guess."""
        known = self.fields.get(name)
        return _UNKNOWN if known is None else known.threshold


@cache
def load_sure() -> Sure:
    """The thresholds of this package."""
    file = resources.files("invoicewatch.extract").joinpath("weights", "sure.json")
    return msgspec.json.decode(file.read_bytes(), type=Sure)

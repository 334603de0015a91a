"""How far an answer is believed: log-odds of named evidence, fitted elsewhere; ``benchmarks/learn`` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec


class Belief(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies in ``weights/NAME_belief.json``: each piece of evidence adds so much to the log-odds."""

    provenance: Mapping[str, str]
    odds: Mapping[str, float]


@cache
def load_belief(name: str) -> Belief:
    """The log-odds ``weights/NAME_belief.json`` of this package."""
    file = resources.files("invoicewatch.extract").joinpath("weights", f"{name}_belief.json")
    return msgspec.json.decode(file.read_bytes(), type=Belief)

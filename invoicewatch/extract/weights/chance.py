"""The chance that a ranking's choice is right, as a curve that was fitted elsewhere; ``benchmarks/learn`` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import exp

import msgspec

MAX_LEAD = 6.0
"""Further ahead of the next than this counts no more."""


class Chance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a choice's log-odds and its lead over the next make the chance that it is right: a logistic curve."""

    provenance: Mapping[str, str]
    bias: float
    log_odds: float
    lead: float

    def rate(self, log_odds: float, lead: float) -> float:
        """The chance, 0 to 1."""
        return 1 / (1 + exp(-(self.bias + self.log_odds * log_odds + self.lead * min(lead, MAX_LEAD))))


@cache
def load_chance(name: str) -> Chance:
    """The curve ``weights/NAME_chance.json`` of this package."""
    file = resources.files("invoicewatch.extract").joinpath("weights", f"{name}_chance.json")
    return msgspec.json.decode(file.read_bytes(), type=Chance)

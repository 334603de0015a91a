"""How likely a path is right, by what speaks for it: weights that were fitted, and the margins that were measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from invoicewatch.correct.paths.evidence import FEATURES, Evidence


@dataclass(frozen=True, slots=True)
class Odds:
    """A logistic regression over `FEATURES`, and over what the language model says of the whole line.

    A path of log-odds ``sure`` or more is chosen; from ``open`` to there the language model is asked, whose
    log-likelihood of the line adds ``model`` times how much better it finds the path, plus ``model_bias``.
    """

    bias: float
    weights: tuple[float, ...]
    sure: float
    open: float
    model_bias: float
    model: float

    def rate(self, evidence: Evidence) -> float:
        """Log-odds that the path is right and what was read is wrong."""
        figures = (float(getattr(evidence, name)) for name in FEATURES)
        return self.bias + sum(weight * figure for weight, figure in zip(self.weights, figures, strict=True))

    def rate_line(self, rated: float, better: float) -> float:
        """The same once the language model finds the line ``better`` by so many nats."""
        return rated + self.model_bias + self.model * better


def as_json(odds: Odds) -> str:
    """The file's text, a weight a line."""
    figures = {name: round(weight, 4) for name, weight in zip(FEATURES, odds.weights, strict=True)}
    rest = {name: round(getattr(odds, name), 4) for name in ("bias", "sure", "open", "model_bias", "model")}
    return json.dumps({"made_by": "benchmarks/learn/paths.py", "weights": figures, **rest}, indent=1) + "\n"


def from_json(text: str) -> Odds:
    """What `as_json` wrote. Raises KeyError, ValueError: it is no such text."""
    table = json.loads(text)
    weights: Sequence[float] = [float(table["weights"][name]) for name in FEATURES]
    return Odds(
        bias=float(table["bias"]),
        weights=tuple(weights),
        sure=float(table["sure"]),
        open=float(table["open"]),
        model_bias=float(table["model_bias"]),
        model=float(table["model"]),
    )


@cache
def load_odds() -> Odds:
    """The fitted ones."""
    return from_json((files("invoicewatch.correct") / "data" / "paths.json").read_text(encoding="utf-8"))

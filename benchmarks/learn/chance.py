"""How sure a ranking may be of its choice: a curve fitted on choices about sources that the trees had not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.learn.boosting import Choice
from invoicewatch.extract.weights.chance import MAX_LEAD, Chance


def fit_chance(chosen: Mapping[str, Sequence[Choice]], provenance: Mapping[str, str]) -> Chance:
    """Fit how log-odds and lead make a chance; each source counts the same."""
    choices = [(choice, 1 / len(each)) for each in chosen.values() for choice in each]
    table = np.array([[choice.log_odds, min(choice.lead, MAX_LEAD)] for choice, _ in choices])
    right = np.array([choice.right for choice, _ in choices])
    weights = np.array([weight for _, weight in choices])
    curve = LogisticRegression().fit(table, right, sample_weight=weights / weights.mean())
    return Chance(
        provenance={**provenance, "choices": str(len(choices))},
        bias=round(float(curve.intercept_[0]), 4),
        log_odds=round(float(curve.coef_[0][0]), 4),
        lead=round(float(curve.coef_[0][1]), 4),
    )


def write_chance(chance: Chance, path: Path) -> None:
    """Write the curve as data."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(chance)) + b"\n")

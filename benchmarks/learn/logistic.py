"""Logistic regression whose weights may be bound to say only what their evidence means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 40


class Weighed(NamedTuple):
    """One answer: its evidence by name, whether it was right, and how much it counts."""

    evidence: Mapping[str, float]
    right: bool
    weight: float


def fit_signed(
    answers: Sequence[Weighed],
    names: Sequence[str],
    against: Collection[str],
    ridge: float,
    expected: Mapping[str, float],
) -> dict[str, float]:
    """Log-odds of each piece of evidence; what came out contrary to its meaning counts nothing instead.

    Args:
        answers: What was answered, and whether it was right.
        names: All evidence, the bias first.
        against: The names of what may only speak against an answer; all else but the bias may only speak for it.
        ridge: How strongly weights are drawn to what is expected, so that rare evidence stays modest.
        expected: Weights where there are no examples, nothing but for those that are named.
    """
    kept = list(names)
    while True:
        weights = _fit(answers, kept, ridge, expected)
        wrong = {name for name in kept[1:] if weights[name] * (-1 if name in against else 1) < 0}
        if not wrong:
            return {name: weights.get(name, 0.0) for name in names}
        kept = [name for name in kept if name not in wrong]


def _fit(
    answers: Sequence[Weighed], names: Sequence[str], ridge: float, expected: Mapping[str, float]
) -> dict[str, float]:
    """Newton's method."""
    rows = np.array([[answer.evidence.get(name, 0.0) for name in names] for answer in answers])
    right = np.array([float(answer.right) for answer in answers])
    counts = np.array([answer.weight for answer in answers])
    penalty = np.full(len(names), ridge)
    penalty[0] = ridge / 100
    drawn_to = np.array([expected.get(name, 0.0) for name in names])
    weights = drawn_to
    for _ in range(_STEPS):
        weights = weights + _step(rows, right, counts, penalty, weights, drawn_to)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _step(
    rows: NDArray[np.float64],
    right: NDArray[np.float64],
    counts: NDArray[np.float64],
    penalty: NDArray[np.float64],
    weights: NDArray[np.float64],
    drawn_to: NDArray[np.float64],
) -> NDArray[np.float64]:
    said = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
    slope = rows.T @ (counts * (right - said)) - penalty * (weights - drawn_to)
    curve = (rows.T * (counts * said * (1 - said))) @ rows + np.diag(penalty)
    return np.asarray(np.linalg.solve(curve, slope))

"""From evidence to a probability: logistic models of what the extractors know when they answer.

The weights stand in the data files ``weights/NAME_belief.json``: each adds to the log-odds that the answer is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import TypeVar

from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import ConfidenceWeights

Evidence = TypeVar("Evidence", bound=str)


def rate_evidence(odds: Mapping[str, float], evidence: Mapping[Evidence, float]) -> float:
    """The probability that an answer with this evidence is right, never quite certain.

    Args:
        odds: Log-odds by name of evidence; what is not weighed counts nothing.
        evidence: How much of each there is, 0 to 1, the bias always 1; what is not named counts 0.
    """
    score = 0.0
    for name, amount in evidence.items():
        score += odds.get(name, 0.0) * amount
    probability = 1.0 / (1.0 + exp(-score))
    return round(min(load_weights(ConfidenceWeights).highest, probability), 4)

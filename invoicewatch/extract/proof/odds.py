"""From evidence to a probability: logistic models of what the extractors know when they answer.

The weights stand in the data files of ``weights/``, table ``odds``: each adds to the log-odds that the answer is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import ConfidenceWeights
from invoicewatch.extract.weights.score import Feature, weigh_features


def rate_evidence(weights: Mapping[Feature, float], evidence: Mapping[Feature, float]) -> float:
    """The probability that an answer with this evidence is right, never quite certain.

    Args:
        weights: Log-odds by name of evidence.
        evidence: How much of each there is, mostly 0 to 1, the bias always 1; what is not named counts 0.
    """
    probability = 1.0 / (1.0 + exp(-weigh_features(weights, evidence)))
    return round(min(load_weights(ConfidenceWeights).highest, probability), 3)

"""From evidence to a probability: logistic models of what the extractors know when they answer.

Each weight adds to the log-odds that the answer is right. They were fitted by ``benchmarks/calibration.py fit`` on one half of
scanned receipts, scanned and born-digital invoices and damaged generated samples, and checked on the other half;
RESULTS.md holds the reliability tables. Fit again when the evidence changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

TOTAL_WEIGHTS: Mapping[str, float] = {
    "bias": -3.11,
    "text_layer": 0.61,
    "agreed": 1.9,
    "sure_engine": 2.38,
    "closings": 0.81,
    "final": 0.07,
    "paid": 1.26,
    "margin": 2.64,
    "score": 1.57,
    "mended": -0.81,
    "named": 1.47,
    "more_added": -0.83,
    "misread_label": 1.42,
}
DATE_WEIGHTS: Mapping[str, float] = {
    "bias": 0.22,
    "text_layer": 2.04,
    "agreed": 1.82,
    "confidence": 0.14,
    "sure_engine": 2.04,
    "margin": 1.32,
    "issue": 0.57,
    "date": 0.62,
    "title": 1.75,
    "mended": -0.08,
    "order_inferred": -1.7,
    "repeated": 1.05,
    "out_of_range": -2.33,
}
HIGHEST = 0.995


def rate_evidence(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """The probability that an answer with this evidence is right, never quite certain.

    Args:
        weights: Log-odds by name of evidence, ``bias`` included.
        evidence: How much of each there is, mostly 0 to 1; what is not named counts 0.
    """
    log_odds = weights["bias"] + sum(weights[name] * amount for name, amount in evidence.items())
    return round(min(HIGHEST, 1.0 / (1.0 + exp(-log_odds))), 3)

"""From evidence to a probability: logistic models of what the extractors know when they answer.

Each weight adds to the log-odds that the answer is right. They were fitted by ``benchmarks/calibration`` on one half of
scanned receipts, scanned and born-digital invoices and damaged generated samples, and checked on the other half;
RESULTS.md holds the reliability tables. Fit again when the evidence changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

TOTAL_WEIGHTS: Mapping[str, float] = {
    "bias": -3.24,
    "text_layer": 0.56,
    "agreed": 1.57,
    "sure_engine": 1.49,
    "closings": 0.42,
    "paid": 1.44,
    "margin": 3.03,
    "score": 2.16,
    "mended": -1.01,
    "named": 1.42,
    "more_added": -0.75,
    "misread_label": 2.2,
}
DATE_WEIGHTS: Mapping[str, float] = {
    "bias": -0.02,
    "text_layer": 0.89,
    "agreed": 2.85,
    "confidence": 1.2,
    "sure_engine": 1.96,
    "margin": 0.92,
    "issue": 0.12,
    "date": 0.75,
    "title": 1.06,
    "mended": -0.42,
    "order_inferred": -1.41,
    "repeated": 0.81,
    "out_of_range": -2.38,
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

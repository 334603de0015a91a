"""From evidence to a probability: logistic models of what the extractors know when they answer.

Each weight adds to the log-odds that the answer is right. They were fitted by ``benchmarks/calibration.py fit`` on one
half of scanned receipts, scanned and born-digital invoices and damaged generated samples, and checked on the other
half; RESULTS.md holds the reliability tables. Fit again when the evidence changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

TOTAL_WEIGHTS: Mapping[str, float] = {
    "bias": -3.4,
    "text_layer": 0.42,
    "agreed": 1.46,
    "sure_engine": 2.22,
    "closings": 0.84,
    "final": 0.36,
    "paid": 1.26,
    "margin": 2.77,
    "score": 1.52,
    "mended": -1.02,
    "named": 1.83,
    "more_added": -0.59,
    "misread_label": 0.91,
}
DATE_WEIGHTS: Mapping[str, float] = {
    "bias": 0.74,
    "text_layer": 1.97,
    "agreed": 1.7,
    "confidence": 0.08,
    "sure_engine": 2.06,
    "margin": 0.73,
    "issue": 0.63,
    "date": 0.4,
    "title": 1.74,
    "otherwise_labelled": -2.45,
    "mended": 0.12,
    "order_inferred": -1.81,
    "repeated": 1.07,
    "only_day": 0.4,
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

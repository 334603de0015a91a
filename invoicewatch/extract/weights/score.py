"""Features times weights."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

Feature = TypeVar("Feature", bound=StrEnum)


def weigh_features(weights: Mapping[Feature, float], features: Mapping[Feature, float]) -> float:
    """The sum of features times their weights; what is not named counts 0.

    It is added up one by one in the order of ``features``, so that equal features give the very same score on every
    version of Python.
    """
    score = 0.0
    for name, amount in features.items():
        score += weights[name] * amount
    return score

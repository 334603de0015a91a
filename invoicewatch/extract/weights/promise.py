"""What may be promised of accepted documents, as data: how many were wrong among those believed so far or further.

``benchmarks/learn`` counts it on documents of sources that nothing had seen, and writes ``weights/promise.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import msgspec

from invoicewatch.extract.weights.binomial import find_lower_bound, find_upper_bound

LEAST_OF_KIND = 200
"""A kind of reading with as many documents gets a threshold of its own where it needs one."""


class Step(NamedTuple):
    """Of all documents at least as likely right as ``threshold``: how many there are, and how many were wrong."""

    threshold: float
    accepted: int
    wrong: int

    @property
    def bound(self) -> float:
        """The upper end of the 95 % interval of the share of wrong ones (Clopper and Pearson 1934)."""
        return find_upper_bound(self.wrong, self.accepted)


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps of a number of documents, from the most likely right ones on; each ends before the next wrong one."""

    documents: int
    steps: tuple[Step, ...]

    def find_step(self, accepted_error: float) -> Step:
        """The furthest step whose share of wrong documents keeps to ``accepted_error``; nothing accepted if none does.

        Beside the share among the accepted, that of accepted and wrong ones among all documents must keep to it with
        one more wrong one than were seen (conformal risk control, Angelopoulos and others 2022).
        """
        kept = [step for step in self.steps if _keeps(step, self.documents, accepted_error)]
        return max(kept, key=lambda step: step.accepted, default=Step(1.0, 0, 0))

    def count_from(self, threshold: float) -> Step:
        """The furthest step that does not go below ``threshold``."""
        reached = [step for step in self.steps if step.threshold >= threshold]
        return max(reached, key=lambda step: step.accepted, default=Step(1.0, 0, 0))


def _keeps(step: Step, documents: int, accepted_error: float) -> bool:
    return step.wrong <= accepted_error * step.accepted and step.wrong + 1 <= accepted_error * (documents + 1)


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies in ``weights/promise.json``: the curve of all documents, and of each kind of reading and source."""

    provenance: Mapping[str, str]
    every: Curve
    kinds: Mapping[str, Curve]
    sources: Mapping[str, Curve]

    def find_threshold(self, accepted_error: float, kind: str) -> float:
        """From which probability on a document of this kind of reading is accepted.

        It is that of all documents, or a stricter one where the kind has documents enough and surely errs more often:
        where the lower end of the 95 % interval of its errors exceeds what is accepted.
        """
        step = self.every.find_step(accepted_error)
        own = self.kinds.get(kind)
        if own is None or own.documents < LEAST_OF_KIND:
            return step.threshold
        reached = own.count_from(step.threshold)
        if find_lower_bound(reached.wrong, reached.accepted) <= accepted_error:
            return step.threshold
        fitting = [each for each in own.steps if each.wrong <= accepted_error * each.accepted]
        return max(fitting, key=lambda each: each.accepted, default=Step(1.0, 0, 0)).threshold


def make_curve(judged: Sequence[tuple[float, bool]]) -> Curve:
    """The curve of documents, each with the probability that it is right and whether it is."""
    ordered = sorted(judged, key=lambda each: -each[0])
    steps: list[Step] = []
    wrong = 0
    for count, (chance, right) in enumerate(ordered, start=1):
        wrong += not right
        if count < len(ordered) and ordered[count][0] == chance:
            continue
        if steps and steps[-1].wrong == wrong:
            steps.pop()
        steps.append(Step(chance, count, wrong))
    return Curve(len(ordered), tuple(steps))


@cache
def load_promise() -> Promise:
    """The promise of this package."""
    file = resources.files("invoicewatch.extract").joinpath("weights", "promise.json")
    return msgspec.json.decode(file.read_bytes(), type=Promise)


@lru_cache(maxsize=100)  # a document that waits is judged once for each of its fields, by the same few thresholds
def find_threshold(accepted_error: float, kind: str) -> float:
    """From which probability on this package's promise accepts a document of this kind of reading."""
    return load_promise().find_threshold(accepted_error, kind)


@lru_cache(maxsize=100)
def find_common_threshold(accepted_error: float) -> float:
    """That of documents of all kinds."""
    return load_promise().every.find_step(accepted_error).threshold

"""What proves a role, as data: each rule with how often it applied to unseen documents, and how often it erred.

``benchmarks/learn`` counts them and writes ``weights/proofs.json``. A rule that misses the mark is evidence, no proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

MOST_WRONG = 1 / 500
"""A rule that errs more often is no proof."""
LEAST_APPLIED = 100
"""By judgement: a rule that applied to fewer documents is too little tried to be one."""


class TotalRule(StrEnum):
    """What may prove that a value is the total."""

    CLOSING = auto()
    PAID = auto()
    REPEATED = auto()
    STATEMENTS = auto()
    TRIVIAL = auto()
    LONE_SUM = auto()


class IssueRule(StrEnum):
    """What may prove that a day is the date of issue."""

    LABELLED = auto()
    BESIDE_TIME = auto()
    ONLY_LABELLED = auto()
    ONLY_REPEATED = auto()
    ONLY_TIMED = auto()


class Tried(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On how many documents a rule applied, and on how many of them it was wrong; ``unseen`` ones and generated."""

    unseen: int = 0
    wrong: int = 0
    generated: int = 0
    generated_wrong: int = 0

    @property
    def proves(self) -> bool:
        """Whether the rule is a proof: tried often enough, and wrong at most once in 500."""
        return self.unseen + self.generated >= LEAST_APPLIED and self.wrong <= MOST_WRONG * self.unseen


class Proofs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What lies in ``weights/proofs.json``."""

    provenance: Mapping[str, str]
    total: Mapping[str, Tried]
    issue_date: Mapping[str, Tried]

    def list_proving(self) -> frozenset[str]:
        """The rules that are proofs."""
        totals = (rule for rule, tried in self.total.items() if tried.proves)
        dates = (rule for rule, tried in self.issue_date.items() if tried.proves)
        return frozenset((*totals, *dates))


class Applied(NamedTuple):
    """A rule that applies to a document, and how that is said."""

    rule: TotalRule | IssueRule
    words: str


def choose_proof(applied: tuple[Applied, ...]) -> str:
    """The words of the first rule that is a proof; empty where none is."""
    proving = load_proofs().list_proving()
    return next((each.words for each in applied if each.rule in proving), "")


@cache
def load_proofs() -> Proofs:
    """The rules of proof of this package."""
    file = resources.files("invoicewatch.extract").joinpath("weights", "proofs.json")
    return msgspec.json.decode(file.read_bytes(), type=Proofs)

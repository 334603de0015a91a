"""The weights of each question as a record: what its data file must hold, no more and no less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from invoicewatch.extract.weights.features import (
    CurrencyFeature,
    IssueFeature,
    KindFeature,
    OrderSign,
    TotalFeature,
)


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a file, all of whose names must be there."""


class Weights(Table, frozen=True):
    """A file: the ``question`` is its name, ``origin`` says how its numbers came about."""

    question: ClassVar[str]
    origin: str


class TotalTies(Table, frozen=True):
    """How plainly an amount belongs to its label (0-1), by where it stands, and how much of the label counts then."""

    beside: float
    last_tax_beside: float
    first_due_beside: float
    one_of_several: float
    slipped: float
    below: float
    column: float
    too_large_for_rounding: float
    at_least: float


class TotalScales(Table, frozen=True):
    """What counts as a full lead and a full score, and how far the others are."""

    full_margin: float
    full_score: float
    alternative_even: float
    alternative_step: float
    alternative_least: float


class TotalWeights(Weights, frozen=True):
    """Which value is the total, and how likely."""

    question: ClassVar[str] = "total"
    rank: Mapping[TotalFeature, float]
    tie: TotalTies
    scale: TotalScales


class PartWeights(Weights, frozen=True):
    """Which values are net and tax, and how likely."""

    question: ClassVar[str] = "net_and_tax"
    net: float
    net_or_total: float
    net_subtotal: float
    net_total: float
    net_bases: float
    tax_total: float
    tax: float
    tax_included: float
    tax_added_up: float
    plain: float
    rate_stated: float
    rate_usual: float
    no_tax: float
    reckoned: float
    paired: float
    rated: float
    alone: float
    share_certain: float
    share_plain: float


class DueWeights(Weights, frozen=True):
    """How likely the amount labelled as due is what is left to pay."""

    question: ClassVar[str] = "amount_due"
    labelled: float
    proved: float


class IssueScales(Table, frozen=True):
    """What counts as a full lead and a full score, and what is left to chance."""

    full_margin: float
    full_score: float
    alternative_other_day: float
    alternative_swapped: float


class IssueWeights(Weights, frozen=True):
    """Which day is the date of issue, and how likely."""

    question: ClassVar[str] = "issue_date"
    rank: Mapping[IssueFeature, float]
    scale: IssueScales


class OrderWeights(Weights, frozen=True):
    """How much each sign speaks for the month first or the day first, and from which probability on that decides."""

    question: ClassVar[str] = "date_order"
    decided: float
    odds: Mapping[OrderSign, float]


class DueDateWeights(Weights, frozen=True):
    """How likely the date labelled as due is the due date."""

    question: ClassVar[str] = "due_date"
    proved: float
    decided: float


class MentionWeights(Table, frozen=True):
    """How much one mention of a currency counts."""

    labelled: int
    beside_amount: int
    alone: int


class CurrencyScales(Table, frozen=True):
    """The most a named currency is believed, and how much one is that only a country tells."""

    highest: float
    one_country: float
    several_countries: float


class CurrencyWeights(Weights, frozen=True):
    """Which currency is the document's, and how likely."""

    question: ClassVar[str] = "currency"
    mention: MentionWeights
    odds: Mapping[CurrencyFeature, float]
    scale: CurrencyScales


class KindFactors(Table, frozen=True):
    """How much more the name of one kind says than that of another."""

    invoice: float
    credit_note: float
    receipt: float
    reminder: float
    other: float

    def of(self, kind: str) -> float:
        """The factor of ``kind``, which is one of the names above."""
        return float(getattr(self, kind))


class TitleWeights(Weights, frozen=True):
    """What kind of paper a document calls itself."""

    question: ClassVar[str] = "title"
    title: float
    leading: float
    inside: float
    unseen: float
    factor_top: float
    factor_tall: float
    factor_label: float
    factor: KindFactors


class KindWeights(Weights, frozen=True):
    """What kind of paper it is: the odds of each kind are the sum of features times weights."""

    question: ClassVar[str] = "kind"
    invoice: Mapping[KindFeature, float]
    credit_note: Mapping[KindFeature, float]
    receipt: Mapping[KindFeature, float]
    reminder: Mapping[KindFeature, float]
    other: Mapping[KindFeature, float]


class EInvoiceWeights(Weights, frozen=True):
    """How likely an e-invoice's XML is right."""

    question: ClassVar[str] = "einvoice"
    stated: float
    contradicted: float


class LookWeights(Weights, frozen=True):
    """How much it says that a value stands where its seller's papers always have it."""

    question: ClassVar[str] = "look"
    proved: float
    placed: float
    doubt_left: float


class CodeWeights(Weights, frozen=True):
    """How likely a checked code is right, and that what it asks for is the total."""

    question: ClassVar[str] = "codes"
    stated: float
    contradicted: float
    filled_total: float


class ConfidenceWeights(Weights, frozen=True):
    """How sure any answer may be, and how likely one engine reads a short text right."""

    question: ClassVar[str] = "confidence"
    highest: float
    read_at_least: float
    read_clearly: float

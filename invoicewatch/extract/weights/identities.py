"""The tables of weights for who sold, who bought, and what identifies them and the invoice.

A class for each question, as in ``records``, which has the questions of sums, dates, kind and currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from invoicewatch.extract.weights.features import SellerFeature
from invoicewatch.extract.weights.records import Table, Weights


class SellerScales(Table, frozen=True):
    """How likely a name is that was found otherwise than by its rank, and the most a rank is believed."""

    under_heading: float
    headed_elsewhere: float
    known_name: float
    known_number: float
    imprint: float


class SellerPrior(Table, frozen=True):
    """Log-odds that are added to those of the trees: what is known of papers that their examples hold too few of."""

    host: float
    registered: float
    addressed: float


class SellerWeights(Weights, frozen=True):
    """Which line names the seller, and how likely."""

    question: ClassVar[str] = "seller"
    rank: Mapping[SellerFeature, float]
    prior: SellerPrior
    scale: SellerScales


class BuyerWeights(Weights, frozen=True):
    """How likely a name is the buyer's."""

    question: ClassVar[str] = "buyer"
    under_heading: float
    in_window: float
    legal_form: float


class InvoiceNumberWeights(Weights, frozen=True):
    """How likely a number is the document's."""

    question: ClassVar[str] = "invoice_number"
    label_invoice_number: float
    label_title: float
    label_document_number: float
    label_number: float
    label_of_other_number: float
    bare_title: float
    signed_title: float
    next_to_title: float
    signed_alone: float
    reference_at_title: float
    label_in_sentence: float
    repeated: float
    shaped_as_before: float
    highest: float
    factor_distance: float
    factor_inside: float
    factor_short: float


class VatIdWeights(Weights, frozen=True):
    """How likely an identifier is the seller's VAT identifier."""

    question: ClassVar[str] = "vat_id"
    labelled: float
    labelled_without_country: float
    unlabelled: float
    in_section: float
    highest: float
    factor_failed: float
    factor_failed_scan: float
    factor_mended: float
    factor_second_address: float


class TaxNumberWeights(Weights, frozen=True):
    """How likely a number is the seller's national tax number."""

    question: ClassVar[str] = "tax_number"
    holding: float
    failing: float
    factor_second_address: float
    factor_distance: float


class IbanWeights(Weights, frozen=True):
    """How likely an account is the seller's."""

    question: ClassVar[str] = "iban"
    valid: float
    labelled: float
    misread: float
    factor_buyer: float

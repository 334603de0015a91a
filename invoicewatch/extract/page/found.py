"""How a value was found: each way knows the words by which a field's ``method`` says it."""

from __future__ import annotations

from enum import StrEnum


class FoundBy(StrEnum):
    """Ways that need no label's own words."""

    LABEL = "beside its label"
    SHAPE = "by its shape"
    CHECK_DIGITS = "by its check digits"
    REPEATED = "a number that the payment reference repeats"
    HEAD_AND_DOMAIN = "at the head of the page, with a legal form, as in the web address"
    RANKED = "ranked first among the lines of the page"
    IMPRINT = "beside the capital, register or seat that the law has a company print"
    KNOWN_NAME = "a seller known from proved documents"
    KNOWN_NUMBER = "its number is known from proved documents"
    WINDOW = "over an address that is not the seller's"
    TAX_LEFT = "total less tax"
    NET_LEFT = "total less net"
    RATE = "by the rate that makes it, no label names it"
    BASES = "bases of tax added up"
    TAXES = "taxes by rate added up"
    TAX_TABLE = "in a table of tax"
    SIGN_MENDED = "its decimal sign mended"
    ARITHMETIC = "by arithmetic, no label names it"
    NO_LABEL = "a date without a label"
    NAMED_CURRENCY = "named as the currency"


class Where(StrEnum):
    """Where a value stands to the words that name it."""

    BESIDE = "beside"
    NEXT_CELL = "in the next cell to"
    BELOW = "below"
    UNDER = "under"
    AFTER = "after"

"""What speaks for and against an answer, by name: the features whose weights the data files hold.

A feature's name is the name of its weight in the file; a rank or a rate is the sum of features times weights.
"""

from __future__ import annotations

from enum import StrEnum, auto


class TotalFeature(StrEnum):
    """What ranks a value as the total."""

    LABEL_PAYABLE = auto()
    LABEL_TOTAL = auto()
    LABEL_NET_OR_TOTAL = auto()
    LABEL_AMOUNT_DUE = auto()
    LABEL_CARD = auto()
    LABEL_CASH = auto()
    LABEL_SUBTOTAL = auto()
    LABEL_NET = auto()
    NO_LABEL = auto()
    MISREAD_LABEL = auto()
    IN_TABLE = auto()
    INSIDE_CELL = auto()
    QUALIFIED = auto()
    MENDED = auto()
    LATER = auto()
    MORE_LABELS = auto()
    CLOSES_CHANGE = auto()
    CLOSES_PREPAID = auto()
    CLOSES_TAX_TABLE = auto()
    CLOSES_LINES = auto()
    CLOSES_OTHERWISE = auto()
    CLOSES_TRIVIALLY = auto()
    NOTHING_LEFT = auto()
    SUPERSEDED = auto()
    CHANGE_GIVEN = auto()


class TotalEvidence(StrEnum):
    """What tells how likely the best candidate is the total."""

    BIAS = auto()
    TEXT_LAYER = auto()
    AGREED = auto()
    SURE_ENGINE = auto()
    UNCLEAR = auto()
    DISAGREED = auto()
    REREAD_ALIKE = auto()
    REREAD_OTHERWISE = auto()
    PROVED_PLACES = auto()
    MENDED = auto()
    NO_CENTS = auto()
    MARGIN = auto()
    SCORE = auto()
    NAMED = auto()
    NAMED_TOTAL = auto()
    PLAIN_LABEL = auto()
    STATEMENTS = auto()
    REPEATED = auto()
    CLOSINGS = auto()
    FINAL = auto()
    TRIVIAL = auto()
    PAID = auto()
    MORE_ADDED = auto()
    MISREAD_LABEL = auto()
    RIVALS = auto()
    LARGER_SUM = auto()
    ONLY_SUM = auto()
    ASKED_LATER = auto()
    CLOSED_RIVAL = auto()
    NEAR = auto()
    DIGIT_OFF = auto()
    SUPERSEDED = auto()
    FEW_AMOUNTS = auto()
    NOT_POSITIVE = auto()
    FAR_LARGER = auto()
    OUTWEIGHED = auto()


class IssueFeature(StrEnum):
    """What ranks a day as the date of issue."""

    LABEL_ISSUE = auto()
    LABEL_DATE = auto()
    LABEL_TITLE = auto()
    NO_LABEL = auto()
    LABEL_OTHER = auto()
    LABEL_DELIVERY = auto()
    LABEL_ORDER = auto()
    LABEL_DUE = auto()
    LABEL_CASH_DISCOUNT = auto()
    MISREAD_LABEL = auto()
    LABEL_ABOVE = auto()
    SHORT_LABEL = auto()
    QUALIFIED = auto()
    WITH_TIME = auto()
    MENDED = auto()
    SHORT_YEAR = auto()
    EARLY = auto()
    OUT_OF_RANGE = auto()
    REPEATED = auto()


class IssueEvidence(StrEnum):
    """What tells how likely the best candidate is the date of issue."""

    BIAS = auto()
    TEXT_LAYER = auto()
    AGREED = auto()
    SURE_ENGINE = auto()
    UNCLEAR = auto()
    DISAGREED = auto()
    REREAD_ALIKE = auto()
    REREAD_OTHERWISE = auto()
    MENDED = auto()
    SHORT_YEAR = auto()
    SCORE = auto()
    MARGIN = auto()
    PLAIN_LABEL = auto()
    LABELLED = auto()
    LABELLED_OTHERWISE = auto()
    WITH_TIME = auto()
    REPEATED = auto()
    NUMBERED = auto()
    IN_ITEMS = auto()
    OUT_OF_RANGE = auto()
    ONLY_DAY = auto()
    MORE_DAYS = auto()
    RIVAL_LABEL = auto()
    RIVAL_TIME = auto()
    DIGIT_OFF = auto()
    UNREAD_LABEL = auto()
    UNREAD_DATE = auto()


class OrderSign(StrEnum):
    """What tells whether the day or the month comes first; the first eight are kinds of a country's signs."""

    POSTCODE = auto()
    PREFIX = auto()
    NUMBER = auto()
    HOST = auto()
    NAME = auto()
    WORD = auto()
    CURRENCY = auto()
    VAT_ID = auto()
    LANGUAGE = auto()
    CLOCK = auto()
    DOTS = auto()
    OTHER_DATES = auto()
    TERMS = auto()
    MEMORY = auto()


class SellerFeature(StrEnum):
    """What ranks a line without a heading as the seller's name."""

    FIRST_LINE = auto()
    SECOND_LINE = auto()
    THIRD_LINE = auto()
    FOURTH_LINE = auto()
    HEADER = auto()
    LEGAL_FORM = auto()
    NUMBERED = auto()
    ADDRESS_BELOW = auto()
    DOMAIN = auto()
    TRADE = auto()
    SENTENCE = auto()
    HOUSE = auto()
    UNCLEAR = auto()
    REPEATED = auto()
    REGISTERED = auto()
    OWNER = auto()
    LOW = auto()


class CurrencyFeature(StrEnum):
    """What tells how likely the best currency is the document's."""

    PLAIN = auto()
    AMBIGUOUS = auto()
    SHARE = auto()
    SEEN = auto()


class KindFeature(StrEnum):
    """What tells of what kind a paper is."""

    BIAS = auto()
    NAMED_INVOICE = auto()
    NAMED_CREDIT_NOTE = auto()
    NAMED_RECEIPT = auto()
    NAMED_REMINDER = auto()
    NAMED_OTHER = auto()
    UNNAMED = auto()
    LETTER = auto()
    NO_MONEY = auto()
    TOTAL = auto()
    TAX = auto()
    NUMBER = auto()
    DUE = auto()
    IBAN = auto()
    BUYER = auto()
    NEGATIVE = auto()
    PAID_CASH = auto()
    PAID_CARD = auto()
    NARROW = auto()
    STRIP = auto()
    TIME = auto()

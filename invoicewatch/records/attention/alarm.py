"""What a record says against itself or against earlier ones, and what a person is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AlarmCode(StrEnum):
    """Why a document may cost money; a code is never renamed."""

    NEW_ACCOUNT = "new_account"
    OTHER_VAT_ID = "other_vat_id"
    UNUSUAL_TOTAL = "unusual_total"
    NUMBER_TWICE = "number_twice"
    NEAR_DUPLICATE = "near_duplicate"
    DUE_BEFORE_ISSUE = "due_before_issue"
    OTHER_BUYER = "other_buyer"


ALARM_MEANINGS = {
    AlarmCode.NEW_ACCOUNT: "A known seller names an account that it has not used before.",
    AlarmCode.OTHER_VAT_ID: "A known name stands beside another VAT id.",
    AlarmCode.UNUSUAL_TOTAL: "The total lies far outside of the seller's range.",
    AlarmCode.NUMBER_TWICE: "The seller used the number before, with another total.",
    AlarmCode.NEAR_DUPLICATE: "It looks like another scan of a recorded invoice.",
    AlarmCode.DUE_BEFORE_ISSUE: "It is due before it was issued.",
    AlarmCode.OTHER_BUYER: "It names a buyer who is not the office (`[office] names`).",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reason for a review that may save money.

    ``words`` give the evidence: which value, which earlier record. ``field`` is the field that they speak of, empty
    where they speak of the whole document; ``record`` is the number of the earlier record, if one speaks against it.
    """

    code: AlarmCode
    words: str
    field: str = ""
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a person should settle, and the reasons for a review that would go with it."""

    field: str
    reason: str

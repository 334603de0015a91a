"""What a document says against itself that may cost money: due before it was issued, addressed to somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.records import Alarm, AlarmCode, Field, Office, Reading, join_text

# A buyer that no label names, only its place in the envelope's window, may be a hint and is no evidence.
_NO_LABEL = frozenset({str(FoundBy.WINDOW), str(FoundBy.SHAPE)})
_LEAST_CONFIDENCE = 0.8
# An engine, or a clerk, spells the office this much alike (of 100).
_SAME_NAME = 80.0
_SAME_ON_PAGE = 85.0  # anywhere on a whole page chance has more to choose from


def find_alarms(fields: Mapping[str, Field | None], readings: Sequence[Reading], office: Office) -> list[Alarm]:
    """The alarms for which one document is enough; those that need earlier records are the store's."""
    return [*_find_early_due(fields), *_find_other_buyer(fields, readings, office)]


def _find_early_due(fields: Mapping[str, Field | None]) -> Iterator[Alarm]:
    issue, due = (fields.get(name) for name in ("issue_date", "due_date"))
    if issue is None or due is None or not isinstance(issue.value, date) or not isinstance(due.value, date):
        return
    if due.value < issue.value:
        words = f"due on {due.value.isoformat()}, before it was issued on {issue.value.isoformat()}"
        yield Alarm(AlarmCode.DUE_BEFORE_ISSUE, words, "due_date")


def _find_other_buyer(
    fields: Mapping[str, Field | None], readings: Sequence[Reading], office: Office
) -> Iterator[Alarm]:
    """The buyer, where the office has a name and neither the buyer nor any line of the pages bears it."""
    buyer = fields.get("buyer_name")
    if not office.names or buyer is None or not _is_certain(buyer):
        return
    name, names = fold(str(buyer.value)), [folded for each in office.names if (folded := fold(each))]
    if not name or any(_is_alike(name, own) for own in names):
        return
    printed = fold(join_text(readings))
    numbers = [fold(number) for number in (*office.vat_ids, *office.ibans)]
    if any(own in printed for own in numbers if own) or any(
        fuzz.partial_ratio(own, printed) >= _SAME_ON_PAGE for own in names
    ):
        return
    words = f"the invoice is to {buyer.value}, and not to {' or '.join(office.names)}"
    yield Alarm(AlarmCode.OTHER_BUYER, words, "buyer_name")


def _is_certain(buyer: Field) -> bool:
    return buyer.verified or (buyer.confidence >= _LEAST_CONFIDENCE and buyer.method not in _NO_LABEL)


def _is_alike(name: str, own: str) -> bool:
    """The office's name, one letter in five misread, or with more around it: a department, a person, a legal form."""
    return own in name or name in own or fuzz.ratio(name, own) >= _SAME_NAME

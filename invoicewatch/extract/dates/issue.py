"""The date of issue: how it is proved that a day is it, and how likely it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.numbered import is_numbered
from invoicewatch.extract.dates.order.decide import OrderEvidence
from invoicewatch.extract.dates.roles import ISSUE_ROLES, DateRole
from invoicewatch.extract.dates.unread import Unread
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.proof.reading import (
    Proof,
    ReadBy,
    prove_by_text_layer,
    prove_words_by_two_engines,
)
from invoicewatch.extract.weights.proofs import Applied, IssueRule, choose_proof

_CLEAR_LABEL = 0.8  # one letter of five may be misread: labels of dates are short
_PLAIN_PHRASE = 4  # letters: shorter words ("le", "vom", "du") stand in any sentence


def prove_issue_date(ranked: Sequence[IssueCandidate], order: OrderEvidence, unread: Unread, *, till: bool) -> Proof:
    """The proofs of a date of issue: read by text layer or two engines; labelled, and its order beyond doubt.

    Args:
        ranked: The day that is asked about, then all other days of the document.
        order: The order of day and month.
        unread: What stands where a date should and was not read as one.
        till: Whether the document is surely a receipt, on which the day may stand beside the time without a label.
    """
    best = ranked[0]
    proved = [prove_date_reading(claim) for claim in best.claims]
    reading = next(filter(None, proved), ReadBy.NOTHING)
    role = choose_proof(tuple(list_issue_rules(ranked, order, unread, till=till)))
    return Proof(reading, role, describe_place(best.claims[0]))


def list_issue_rules(
    ranked: Sequence[IssueCandidate], order: OrderEvidence, unread: Unread, *, till: bool
) -> Iterator[Applied]:
    """Every rule that says the first of ``ranked`` is the date of issue; none where its order is in doubt."""
    best, rest = ranked[0], ranked[1:]
    claim = next(filter(is_plain, best.claims), None)
    if claim is not None and claim.label is not None:
        rivals = {other.role for each in rest for other in each.claims if not (other.in_items or is_numbered(other))}
        if rivals.isdisjoint({DateRole.ISSUE, claim.role}) and is_order_sure(claim, order):
            yield Applied(IssueRule.LABELLED, f"labelled {claim.label.phrase}{_say_order(claim, order)}")
    elif till and not rest and (words := _prove_by_time(best)):
        yield Applied(IssueRule.BESIDE_TIME, words)
    if not (rest or any(unread)) and is_order_sure(best.claims[0], order):
        yield from _list_for_only_day(best, order, till=till)


def _list_for_only_day(best: IssueCandidate, order: OrderEvidence, *, till: bool) -> Iterator[Applied]:
    """Rules for the only day of a document that no label calls another date."""
    claim = best.claims[0]
    if any(each.role not in ISSUE_ROLES | {DateRole.NONE} or is_numbered(each) for each in best.claims):
        return
    if any(each.role in ISSUE_ROLES for each in best.claims):
        yield Applied(IssueRule.ONLY_LABELLED, f"the only date, and labelled{_say_order(claim, order)}")
    if len({(each.row.page, each.row.number) for each in best.claims}) > 1:
        yield Applied(IssueRule.ONLY_REPEATED, f"the only date, in several places{_say_order(claim, order)}")
    if till and any(each.with_time for each in best.claims):
        yield Applied(IssueRule.ONLY_TIMED, f"the only date, beside a time of day{_say_order(claim, order)}")


def is_order_sure(claim: DateClaim, order: OrderEvidence) -> bool:
    """Whether it is beyond doubt which number is the day, which the month and which the year."""
    written = claim.written
    if written.year_first is not None and (order.year_first or order.maybe_year_first):
        return False
    return not written.ambiguous or bool(order.reason)


def rate_order(claim: DateClaim, order: OrderEvidence) -> float:
    """The probability that day and month are the right way round."""
    return order.probability if claim.written.ambiguous else 1.0


def describe_place(claim: DateClaim) -> str:
    """How a date was found, in words."""
    if claim.label is None:
        return FoundBy.NO_LABEL
    return f"{Where.BESIDE if claim.beside else Where.BELOW} {claim.label.text}"


def prove_date_reading(claim: DateClaim) -> ReadBy:
    """That a date was read right, by the text layer or by two engines; empty if it may be cut."""
    if claim.written.repaired or claim.cut:
        return ReadBy.NOTHING
    return prove_by_text_layer(claim.row, claim.words) or prove_words_by_two_engines(claim.words)


def is_plain(claim: DateClaim) -> bool:
    """Whether a label that was read clearly says that this is the date of the document."""
    label = claim.label
    if label is None or claim.role not in ISSUE_ROLES or label.score < _CLEAR_LABEL:
        return False
    if len(label.phrase) < _PLAIN_PHRASE:
        return False  # "le" may be the end of "payable au plus tard le"
    if is_numbered(claim) or claim.in_items:
        return False
    if claim.role is DateRole.TITLE:
        return label.leads  # "our invoice 4711 of 5 March" in a letter is another document
    return not claim.qualified and not (claim.prefixed and claim.role is DateRole.DATE)


def _prove_by_time(best: IssueCandidate) -> str:
    """On a till's receipt the only date, beside a time of day, needs no label."""
    claim = next((each for each in best.claims if each.with_time and each.label is None), None)
    if claim is None or claim.written.short_year or claim.written.ambiguous or is_numbered(claim):
        return ""
    return "the receipt's only date, beside a time of day"


def _say_order(claim: DateClaim, order: OrderEvidence) -> str:
    return f", day and month by {order.reason}" if claim.written.ambiguous else ""

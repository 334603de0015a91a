"""The due date: the date labelled so, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from invoicewatch.extract.dates.alternatives import list_alternatives
from invoicewatch.extract.dates.candidates import choose_day
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.issue import describe_place, is_order_sure, prove_date_reading, rate_order
from invoicewatch.extract.dates.order.decide import OrderEvidence
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.proof.reading import Proof
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import DueDateWeights
from invoicewatch.records import Field

_SHORT_PHRASE = 3  # letters
_LONGEST_TERM = timedelta(days=120)  # a longer one is rather another date


def find_due_date(claims: Sequence[DateClaim], order: OrderEvidence, issue: Field | None) -> Field | None:
    """The first date labelled as due that is not before the date of issue; where all are, a proved one stands."""
    issued = issue.value if issue and isinstance(issue.value, date) else None
    labelled = [claim for claim in claims if claim.role is DateRole.DUE]
    due = [claim for claim in labelled if issued is None or choose_day(claim, order) >= issued]
    early = issue is not None and issue.verified and not due
    if early:
        due = [claim for claim in labelled if _rate_label(claim)[:2] == (True, True)]
    if not due:
        return None
    claim = max(due, key=_rate_label)
    day = choose_day(claim, order)
    proof = Proof(prove_date_reading(claim), _prove_role(claim, labelled, order, issued), describe_place(claim))
    if early and not proof.complete:
        return None
    weights = load_weights(DueDateWeights)
    confidence = weights.proved if proof.complete else weights.decided * rate_order(claim, order)
    return Field(
        "due_date",
        day,
        round(confidence, 3),
        verified=proof.complete,
        page=claim.row.page,
        box=claim.box,
        source=find_source(claim.row, claim.words),
        method=proof.method,
        text=claim.text,
        alternatives=list_alternatives(claim, day, (), order),
    )


def _rate_label(claim: DateClaim) -> tuple[bool, bool, float]:
    """A label of its own that says due, beside the date, beats a mere ``by`` or a heading."""
    label = claim.label
    return label is not None and len(label.phrase) > _SHORT_PHRASE, claim.beside, label.score if label else 0.0


def _prove_role(claim: DateClaim, labelled: Sequence[DateClaim], order: OrderEvidence, issued: date | None) -> str:
    """The only day labelled as due, within a term as terms are."""
    if claim.label is None or len({choose_day(each, order) for each in labelled}) > 1:
        return ""
    late = issued is not None and choose_day(claim, order) - issued > _LONGEST_TERM
    return "" if late or not is_order_sure(claim, order) else f"labelled {claim.label.phrase}"

"""The dates of the document: when it was issued and when it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.claims import DateClaim, count_languages, find_date_claims
from invoicewatch.extract.dates.issue import (
    IssueCandidate,
    choose_day,
    describe_place,
    prove_date_reading,
    prove_issue_date,
    rank_issue_dates,
    rate_issue_date,
)
from invoicewatch.extract.dates.order import OrderEvidence, find_order
from invoicewatch.extract.dates.range import find_range_problem
from invoicewatch.extract.dates.roles import ISSUE_ROLES, DateRole
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import find_named_kind, list_covers
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.proof.reading import Proof
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import DueDateWeights, IssueWeights
from invoicewatch.records import Alternative, ExtractContext, Field, join_text

_SHORT_PHRASE = 3  # letters
_MAX_ALTERNATIVES = 4
_SURE_KIND = 0.5  # more likely a reminder than anything else


class DateExtractor:
    """Finds ``issue_date`` and ``due_date``."""

    def __init__(self, settings: ExtractSettings) -> None:
        self._settings = settings

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The dates with their evidence; None where the document has none."""
        claims, order = read_dates(context)
        ranked = rank_issue_dates(claims, order, context.today, self._settings)
        issue = self._make_issue(ranked, order, context.today) if ranked else None
        return {"issue_date": issue, "due_date": _make_due(claims, order, issue)}

    def _make_issue(self, ranked: Sequence[IssueCandidate], order: OrderEvidence, today: date) -> Field:
        best, rest = ranked[0], ranked[1:]
        claim = best.claims[0]
        proof = prove_issue_date(best, rest, order)
        decided = not claim.written.ambiguous or bool(order.reason)
        problem = find_range_problem(best.day, today, self._settings)
        return Field(
            "issue_date",
            best.day,
            rate_issue_date(best, rest, order, out_of_range=bool(problem)),
            verified=proof.complete,
            page=claim.row.page,
            box=claim.box,
            source=find_source(claim.row, claim.words),
            method=proof.method,
            text=claim.text,
            alternatives=_alternatives(claim, best.day, rest, decided=decided),
        )


def read_dates(context: ExtractContext) -> tuple[list[DateClaim], OrderEvidence]:
    """All dates of a document with their labels, and the order of day and month they are written in."""
    pages = view_pages(context.readings)
    covers = list_covers(pages)
    claims = find_date_claims(pages, load_labels("dates"), context.today)
    claims = [claim for claim in claims if claim.row.page not in covers or claim.role is DateRole.DUE] or claims
    named = find_named_kind(pages)
    if named is not None and named.value == "reminder" and named.score >= _SURE_KIND:
        claims = [_of_invoice_reminded_of(claim) for claim in claims]
    languages = count_languages(pages, load_labels("amounts", "dates"))
    return claims, find_order([c.written for c in claims], context, languages, join_text(context.readings))


def _of_invoice_reminded_of(claim: DateClaim) -> DateClaim:
    """On a reminder ``Rechnungsdatum`` and the dates in columns are those of the invoices that it reminds of."""
    if claim.label is None or claim.role not in ISSUE_ROLES or (claim.role is DateRole.DATE and claim.beside):
        return claim
    return replace(claim, label=claim.label._replace(role=DateRole.OTHER))


def _alternatives(
    claim: DateClaim, day: date, rest: Sequence[IssueCandidate], *, decided: bool
) -> tuple[Alternative, ...]:
    scale = load_weights(IssueWeights).scale
    swap = scale.alternative_swapped if decided else scale.alternative_undecided
    swapped = [
        Alternative(other, swap, claim.row.page, claim.box, claim.text) for other in claim.written.days if other != day
    ]
    others = [
        Alternative(c.day, scale.alternative_other_day, c.claims[0].row.page, c.claims[0].box, c.claims[0].text)
        for c in rest
        if c.day != day
    ]
    return (*swapped, *others)[:_MAX_ALTERNATIVES]


def _rate_due(claim: DateClaim) -> tuple[bool, bool, float]:
    """A label of its own that says due, beside the date, beats a mere ``by`` or a heading."""
    label = claim.label
    return label is not None and len(label.phrase) > _SHORT_PHRASE, claim.beside, label.score if label else 0.0


def _make_due(claims: Sequence[DateClaim], order: OrderEvidence, issue: Field | None) -> Field | None:
    """The first date labelled as due that is not before the date of issue."""
    issued = issue.value if issue and isinstance(issue.value, date) else None
    due = [c for c in claims if c.role is DateRole.DUE and (issued is None or choose_day(c, order) >= issued)]
    if not due:
        return None
    claim = max(due, key=_rate_due)
    decided = not claim.written.ambiguous or bool(order.reason)
    reading = prove_date_reading(claim)
    role = f"labelled {claim.label.phrase}" if claim.label and decided and len(due) == 1 else ""
    proof = Proof(reading, role, describe_place(claim))
    weights = load_weights(DueDateWeights)
    return Field(
        "due_date",
        choose_day(claim, order),
        weights.proved if proof.complete else weights.decided if decided else weights.undecided,
        verified=proof.complete,
        page=claim.row.page,
        box=claim.box,
        source=find_source(claim.row, claim.words),
        method=proof.method,
        text=claim.text,
        alternatives=_alternatives(claim, choose_day(claim, order), (), decided=decided),
    )

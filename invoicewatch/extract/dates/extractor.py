"""The dates of the document: when it was issued and when it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.till import is_from_till
from invoicewatch.extract.dates.alternatives import list_alternatives
from invoicewatch.extract.dates.belief import rate_issue_date
from invoicewatch.extract.dates.candidates import IssueCandidate, list_candidates, rank_candidates
from invoicewatch.extract.dates.claims import DateClaim, count_languages, find_date_claims
from invoicewatch.extract.dates.due import find_due_date
from invoicewatch.extract.dates.issue import prove_issue_date
from invoicewatch.extract.dates.order.decide import UNDECIDED, OrderEvidence, find_order, needs_order
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.dates.settle import settle_roles
from invoicewatch.extract.dates.unread import find_unread
from invoicewatch.extract.dates.written.parse import find_dates
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import PageView, view_pages
from invoicewatch.extract.page.named_kinds import find_named_kind, list_covers
from invoicewatch.extract.proof.fields import find_source
from invoicewatch.extract.proof.nearly import list_nearly_read
from invoicewatch.records import ExtractContext, Field, join_text

_SURE_KIND = 0.5  # more likely of this kind than of all others


@dataclass(frozen=True)
class ReadDates:
    """All dates of a document with their labels, and the order of day and month they are written in."""

    pages: tuple[PageView, ...]
    claims: tuple[DateClaim, ...]
    order: OrderEvidence


class DateExtractor:
    """Finds ``issue_date`` and ``due_date``."""

    def __init__(self, settings: ExtractSettings) -> None:
        self._settings = settings

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The dates with their evidence; None where the document has none."""
        dates = read_dates(context)
        ranked = rank_candidates(self.list_candidates(context, dates))
        issue = _make_issue(ranked, dates, context.today) if ranked else None
        return {"issue_date": issue, "due_date": find_due_date(dates.claims, dates.order, issue)}

    def list_candidates(self, context: ExtractContext, dates: ReadDates) -> list[IssueCandidate]:
        """The days that may be the date of issue, described and not yet ranked."""
        return list_candidates(dates.pages, dates.claims, dates.order, context.today, self._settings)


def read_dates(context: ExtractContext) -> ReadDates:
    """Find the dates of a document and decide their order of day and month."""
    pages = view_pages(context.readings)
    covers = list_covers(pages)
    found = find_date_claims(pages, load_labels("dates"), context.today)
    found = [claim for claim in found if claim.row.page not in covers or claim.role is DateRole.DUE] or found
    claims = settle_roles(found, reminder=_is_reminder(pages))
    written = [claim.written for claim in claims]
    if not needs_order(written):
        return ReadDates(pages, tuple(claims), UNDECIDED)
    languages = count_languages(pages, load_labels("amounts", "dates"))
    return ReadDates(pages, tuple(claims), find_order(written, context, languages, join_text(context.readings)))


def _is_reminder(pages: Sequence[PageView]) -> bool:
    named = find_named_kind(pages)
    return named is not None and named.value == "reminder" and named.score >= _SURE_KIND


def _make_issue(ranked: Sequence[IssueCandidate], dates: ReadDates, today: date) -> Field:
    best, rest, order = ranked[0], ranked[1:], dates.order
    claim = best.claims[0]
    unread = find_unread(dates.pages, dates.claims)
    place = claim.row.page, claim.box, claim.text
    nearly = list_nearly_read(claim.words, best.day, partial(_parse, today=today), place)
    proof = prove_issue_date(ranked, order, unread, till=is_from_till(dates.pages))
    return Field(
        "issue_date",
        best.day,
        rate_issue_date(ranked, unread, order),
        verified=proof.complete,
        page=claim.row.page,
        box=claim.box,
        source=find_source(claim.row, claim.words),
        method=proof.method,
        text=claim.text,
        alternatives=list_alternatives(claim, best.day, rest, order, () if proof.complete else nearly),
    )


def _parse(text: str, today: date) -> date | None:
    """The day that a text means, if it is written in one way alone."""
    days = [day for written in find_dates(text, today) for day in written.days]
    return days[0] if len(days) == 1 else None

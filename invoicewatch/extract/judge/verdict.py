"""Whether a document can go to the books by itself, and if not, why not, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.range import find_range_problem
from invoicewatch.extract.einvoice.extractor import find_contradictions
from invoicewatch.extract.einvoice.fields import find_sum_remarks
from invoicewatch.extract.judge.acceptance import list_uncertain
from invoicewatch.extract.judge.several import find_several_invoices
from invoicewatch.records import Field, Reading, Status, format_value

_WORDS = {"total": "the total", "issue_date": "the date of issue", "seller_name": "the seller", "iban": "the IBAN"}
_CLOSE_CALL = 0.3  # an alternative that one in three times may be right is worth naming


def judge_invoice(
    fields: Mapping[str, Field | None], readings: Sequence[Reading], today: date, settings: ExtractSettings
) -> tuple[Status, tuple[str, ...]]:
    """Accept a document whose decisive fields are proved or certain enough; else say what to look at.

    Args:
        fields: What the extractors found.
        readings: The readings they saw.
        today: The clock.
        settings: ``accepted_error``, ``decisive``, ``max_age_years`` and ``future_days`` are used.

    Returns:
        The status, and the reasons for a review (empty if accepted).
    """
    reasons = tuple(
        dict.fromkeys(
            [
                *_doubt_paper(fields, readings),
                *find_several_invoices(readings),
                *_doubt_fields(fields, settings),
                *_doubt_dates(fields, today, settings),
                *find_sum_remarks(fields),
                *find_contradictions(fields, readings),
            ]
        )
    )
    return (Status.NEEDS_REVIEW if reasons else Status.ACCEPTED), reasons


def _doubt_paper(fields: Mapping[str, Field | None], readings: Sequence[Reading]) -> Iterator[str]:
    kind = fields.get("document_type")
    if kind is not None and kind.value == "other":
        yield "this does not look like an invoice or a receipt"
    if not any(reading.lines for reading in readings) and not any(fields.values()):
        yield "nothing could be read"


def _doubt_fields(fields: Mapping[str, Field | None], settings: ExtractSettings) -> Iterator[str]:
    for name in settings.decisive:
        if fields.get(name) is None:
            yield f"{_say(name)} was not found"
    for field in list_uncertain(fields, settings):
        yield f"{_say(field.name)} is not certain: {_explain(field)}"


def _say(name: str) -> str:
    return _WORDS.get(name, f"the {name.replace('_', ' ')}")


def _explain(field: Field) -> str:
    close = [a for a in field.alternatives if a.confidence >= _CLOSE_CALL]
    value = format_value(field.value)
    if close:
        return f"{value} or {' or '.join(format_value(a.value) for a in close)}"
    return f"{value} ({field.confidence:.2f}, {field.method})"


def _doubt_dates(fields: Mapping[str, Field | None], today: date, settings: ExtractSettings) -> Iterator[str]:
    issue, due = fields.get("issue_date"), fields.get("due_date")
    if issue is not None and isinstance(issue.value, date):
        problem = find_range_problem(issue.value, today, settings)
        if problem:
            yield f"the date of issue {problem}"
        if due is not None and isinstance(due.value, date) and due.value < issue.value:
            yield f"due on {due.value.isoformat()}, before it was issued on {issue.value.isoformat()}"

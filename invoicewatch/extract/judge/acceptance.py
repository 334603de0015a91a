"""Whether a document is believed far enough to go to the books, by the error rate that the office accepts."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.kinds import name_kind
from invoicewatch.extract.weights.promise import find_common_threshold, find_threshold
from invoicewatch.extract.weights.sure import load_sure
from invoicewatch.records import Field

TOGETHER = ("total", "issue_date")
"""The fields whose probabilities make one of the document; every other decisive field answers for itself."""


def list_uncertain(fields: Mapping[str, Field | None], settings: ExtractSettings) -> list[Field]:
    """The decisive fields that were found and keep the document from being accepted, the least certain first.

    Args:
        fields: What the extractors found.
        settings: ``accepted_error`` and ``decisive`` are used.
    """
    found = [field for name in settings.decisive if (field := fields.get(name)) is not None and not field.verified]
    alone = [field for field in found if field.name not in TOGETHER and is_doubtful(field)]
    together = [field for field in found if field.name in TOGETHER]
    threshold = find_threshold(settings.accepted_error, name_kind(fields.get("total")))
    if _multiply(together) >= threshold:
        together = []
    least = min((field.confidence for field in together), default=0.0)
    blamed = [field for field in together if field.confidence == least or field.confidence < threshold]
    return sorted((*alone, *blamed), key=lambda field: field.confidence)


def is_proved(fields: Mapping[str, Field | None], settings: ExtractSettings) -> bool:
    """Whether every field that ``decisive`` names is proved."""
    found = [fields.get(name) for name in settings.decisive]
    return all(field is not None and field.verified for field in found)


def is_doubtful(field: Field, accepted_error: float | None = None) -> bool:
    """Whether a field is neither proved nor as certain as fields of its name must be.

    Total and date of issue must be as certain as ``accepted_error`` asks of a document; without it, of any field.
    """
    if field.verified:
        return False
    if field.name in TOGETHER and accepted_error is not None:
        return field.confidence < find_common_threshold(accepted_error)
    return field.confidence < load_sure().find_threshold(field.name)


def _multiply(fields: list[Field]) -> float:
    """The probability that all are right."""
    chance = 1.0
    for field in fields:
        chance *= field.confidence
    return round(chance, 5)

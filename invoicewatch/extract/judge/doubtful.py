"""Mark what is a guess, so that every list and export can say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.acceptance import is_doubtful
from invoicewatch.records import Field


def mark_doubtful(fields: Mapping[str, Field | None], settings: ExtractSettings) -> dict[str, Field | None]:
    """The fields, each with whether it is neither proved nor certain enough; ``accepted_error`` is used."""
    return {
        name: None if field is None else replace(field, doubtful=is_doubtful(field, settings.accepted_error))
        for name, field in fields.items()
    }

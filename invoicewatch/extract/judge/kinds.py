"""How a document was read, as far as it tells how often such readings err."""

from __future__ import annotations

from enum import StrEnum

from invoicewatch.extract.proof.reading import ReadBy
from invoicewatch.records import Field, Source


class ReadingKind(StrEnum):
    """By what the total was read; NOTHING where there is none."""

    XML = "e-invoice"
    TEXT_LAYER = "text layer"
    TWO_ENGINES = "two engines"
    ONE_ENGINE = "one engine"
    NOTHING = "nothing"


def name_kind(total: Field | None) -> ReadingKind:
    """The kind of reading behind a document's total."""
    if total is None:
        return ReadingKind.NOTHING
    if total.source is Source.E_INVOICE:
        return ReadingKind.XML
    if total.source is Source.TEXT_LAYER:
        return ReadingKind.TEXT_LAYER
    return ReadingKind.TWO_ENGINES if ReadBy.TWO_ENGINES in total.method else ReadingKind.ONE_ENGINE

"""The question which amount is the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.learn.documents import Labelled
from invoicewatch.extract.total.ranking.choice import list_candidates
from invoicewatch.extract.total.reading.sums import read_sums
from invoicewatch.records import ExtractContext, format_value


def describe_totals(document: Labelled, context: ExtractContext) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every amount that may be the total, with its features."""
    del document
    for candidate in list_candidates(read_sums(context)):
        yield format_value(candidate.value), candidate.features

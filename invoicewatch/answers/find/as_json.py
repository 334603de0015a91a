"""Hits as plain JSON values: what programs read."""

from __future__ import annotations

from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.lists import HitJson, MatchJson
from invoicewatch.store.search.find import Hit
from invoicewatch.store.search.summary import summary_to_json


def hit_to_json(hit: Hit) -> HitJson:
    """A hit; ``match`` is null where no line was looked for."""
    match: MatchJson | None = None
    if hit.snippet is not None:
        match = {"line": make_encodable(hit.snippet.line), "spans": [list(span) for span in hit.snippet.spans]}
    return {**summary_to_json(hit.summary), "found_as": hit.tier, "match": match}

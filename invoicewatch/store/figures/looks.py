"""How accepted documents fared when somebody looked at them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from invoicewatch.records import DRAWN
from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import sql

# What the machine accepted, or would have, had it not been drawn for a look.
_ACCEPTED = sql("(run.status = 'accepted' OR (run.status = 'needs_review' AND run.reasons = ?))", json.dumps([DRAWN]))
_LOOKED = sql("EXISTS (SELECT 1 FROM human_value AS h WHERE h.invoice_id = run.invoice_id AND NOT h.withdrawn)")
_CHANGED = sql(
    "EXISTS (SELECT 1 FROM human_value AS h LEFT JOIN field AS f ON f.invoice_id = h.invoice_id AND f.name = h.name"
    " WHERE h.invoice_id = run.invoice_id AND NOT h.withdrawn AND h.name IN ('total', 'issue_date')"
    " AND h.value IS NOT f.value)"
)


@dataclass(frozen=True, slots=True)
class Looks:
    """How many documents were accepted, at how many a person looked since, and in how many total or date changed."""

    accepted: int
    looked_at: int
    changed: int


def count_looks(reader: Rows) -> Looks:
    """Count them over all records; what a person enters or confirms is a look."""
    query = sql(
        "SELECT count(*) AS accepted, coalesce(sum({looked}), 0) AS looked,"
        " coalesce(sum({changed}), 0) AS changed FROM run WHERE {accepted}",
        looked=_LOOKED,
        changed=_CHANGED,
        accepted=_ACCEPTED,
    )
    row = next(iter(ask(reader, query)))
    return Looks(row["accepted"], row["looked"], row["changed"])

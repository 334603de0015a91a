"""Figures about the records for monitoring: how many of each status, and how long the stages take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import join_list, name_one_of, sql
from invoicewatch.store.database.times import parse_utc

_LATEST_RUNS = 500
_STAGES = ("load_s", "ocr_s", "correct_s", "extract_s", "total_s")


@dataclass(frozen=True, slots=True)
class RecordMetrics:
    """``stage_seconds`` are means over the latest runs; ``last_recorded_s`` is Unix seconds, None without a record."""

    by_status: Mapping[str, int]
    stage_seconds: Mapping[str, float]
    last_recorded_s: float | None


def read_metrics(reader: Rows) -> RecordMetrics:
    """Look at the database; the counts come from an index, the means from a few hundred runs."""
    counts = {
        row["status"]: row["n"] for row in reader.rows("SELECT status, count(*) AS n FROM invoice GROUP BY status")
    }
    query = sql(
        "SELECT {means}, max(recorded) AS recorded"
        " FROM (SELECT timings, recorded FROM run ORDER BY invoice_id DESC LIMIT ?)",
        _LATEST_RUNS,
        means=join_list(
            sql("avg(json_extract(timings, ?)) AS {stage}", f"$.{stage}", stage=name_one_of(stage, _STAGES))
            for stage in _STAGES
        ),
    )
    row = ask(reader, query)[0]
    stages = {stage.removesuffix("_s"): row[stage] for stage in _STAGES if row[stage] is not None}
    recorded = None if row["recorded"] is None else parse_utc(row["recorded"]).timestamp()
    return RecordMetrics(counts, stages, recorded)

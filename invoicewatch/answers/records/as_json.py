"""A record as plain JSON values: what programs read."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.answers.records.doubts import Doubt, list_doubts
from invoicewatch.records import PageWords, Path
from invoicewatch.records.as_json import box_to_json, invoice_to_json, make_encodable
from invoicewatch.records.contract.record import DoubtJson, EntryJson, ReadingJson, RefusedEditJson, ShownJson
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.store.records.refused import KeptRefusal


def stored_to_json(
    stored: StoredInvoice,
    twins: Sequence[int],
    refusals: Sequence[KeptRefusal] = (),
    words: Sequence[PageWords] = (),
) -> ShownJson:
    """The record's JSON with what the store knows besides.

    Args:
        stored: The record.
        twins: The numbers of records that look like other scans of it.
        refusals: What people refused of its edits.
        words: Those of its pages, which tell what stayed in doubt.
    """
    entries: list[EntryJson] = [
        {
            "field": entry.name,
            "value": None if entry.value is None else make_encodable(entry.value),
            "withdrawn": entry.withdrawn,
            "before": entry.before,
            "who": make_encodable(entry.who),
            "entered": format_utc(entry.entered),
        }
        for entry in stored.entries
    ]
    return {
        "id": stored.id,
        **invoice_to_json(stored.invoice),
        "run": stored.run,
        "arrived": format_utc(stored.arrived),
        "recorded": format_utc(stored.recorded),
        "inbox": make_encodable(stored.inbox),
        "stored_path": make_encodable(stored.stored_path),
        "entries": entries,
        "near_duplicates": list(twins),
        "refused_edits": [_refusal_to_json(each) for each in refusals],
        "doubts": [_doubt_to_json(doubt) for doubt in list_doubts(words)],
    }


def _doubt_to_json(doubt: Doubt) -> DoubtJson:
    return {
        **_path_to_json(doubt.read),
        "page": doubt.page,
        "line": doubt.line,
        "box": box_to_json(doubt.box),
        "others": [_path_to_json(path) for path in doubt.others],
        "engines": [make_encodable(engine) for engine in doubt.engines],
    }


def _path_to_json(path: Path) -> ReadingJson:
    return {"text": make_encodable(path.text), "probability": round(path.probability, 2)}


def _refusal_to_json(kept: KeptRefusal) -> RefusedEditJson:
    refusal = kept.refusal
    return {
        "id": kept.id,
        "page": refusal.page,
        "before": refusal.before,
        "after": refusal.after,
        "box": list(refusal.box),
        "who": kept.who,
        "entered": format_utc(kept.entered),
        "withdrawn_by": kept.withdrawn_by,
        "withdrawn": None if kept.withdrawn is None else format_utc(kept.withdrawn),
    }

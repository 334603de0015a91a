"""The fields of a document judged: by themselves, beside its seller's look, and by what they say against themselves.

Done on the road, and again after an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from invoicewatch.pipeline.tools import Fields, JudgeTools
from invoicewatch.records import Alarm, Asked, Invoice, Memory, Reading, Sketch, Status

# More pages are not kept for another judgement: a long document is a rare one, and its readings are large.
_MOST_KEPT = 10
AGAIN = "judged again after an answer about the same seller"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What fields were found in; ``invoice`` counts the invoices of a file of XML, 0 where it is one document."""

    readings: tuple[Reading, ...]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    invoice: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """The fields that stand, and whether a person should look; ``readings`` are kept for another judgement."""

    fields: Fields
    status: Status
    reasons: tuple[str, ...]
    alarms: tuple[Alarm, ...] = ()
    asked: tuple[Asked, ...] = ()
    sketch: Sketch | None = None
    readings: tuple[Reading, ...] = ()


def judge_fields(
    fields: Fields, evidence: Evidence, tools: JudgeTools, memory: Memory, today: date, doubts: tuple[str, ...] = ()
) -> Judged:
    """Judge what was found. A layout that is another than before is a reason to look, and so is each alarm.

    Args:
        fields: What was found.
        evidence: What it was found in.
        tools: Judge, compare and ask.
        memory: What is known of sellers.
        today: The clock.
        doubts: Reasons for a review that lie in the file and not in its fields.
    """
    readings = evidence.readings
    status, found = tools.judge(fields, readings, evidence.attachments, today, evidence.invoice)
    sketch, changes = tools.compare_look(fields, readings, memory, today)
    alarms = tools.find_alarms(fields, readings)
    reasons = tuple(dict.fromkeys((*doubts, *found, *changes, *(alarm.words for alarm in alarms))))
    kept = readings if not evidence.attachments and len(readings) <= _MOST_KEPT else ()
    if status is Status.ACCEPTED and not reasons:
        return Judged(fields, status, reasons, sketch=sketch, readings=kept)
    said = {alarm.words for alarm in alarms}
    asked = tools.find_asked(fields, tuple(reason for reason in reasons if reason not in said), today)
    return Judged(fields, Status.NEEDS_REVIEW, reasons, alarms, asked, sketch, kept)


def judge_again(record: Invoice, tools: JudgeTools, memory: Memory, today: date) -> Invoice:
    """A record judged with what was learned since, from the readings that were kept with it; nothing is read anew."""
    fields = tools.find_fields(record.readings, {}, memory, today, 0)
    judged = judge_fields(fields, Evidence(record.readings), tools, memory, today)
    return replace(
        record,
        fields=judged.fields,
        status=judged.status,
        reasons=judged.reasons,
        alarms=judged.alarms,
        asked=judged.asked,
        notes=tuple(dict.fromkeys((*record.notes, AGAIN))),
        versions={**record.versions, "memory": str(memory.version)},
        sketch=judged.sketch,
        readings=judged.readings,
    )

"""The fields of a document judged: by themselves, beside its seller's look, and by what they say against themselves.

Done on the road, and again after an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from invoicewatch.pipeline.tools import Evidence, Fields, JudgeTools
from invoicewatch.records import (
    DRAWN,
    Alarm,
    Asked,
    Code,
    Invoice,
    Itemised,
    Memory,
    Reading,
    Sketch,
    Status,
    Validation,
)

# More pages are not kept for another judgement: a long document is a rare one, and its readings are large.
_MOST_KEPT = 10
AGAIN = "judged again after an answer about the same seller"


@dataclass(frozen=True, slots=True)
class Judged:
    """The fields that stand, and whether a person should look; ``readings`` are kept for another judgement."""

    fields: Fields
    status: Status
    reasons: tuple[str, ...]
    alarms: tuple[Alarm, ...] = ()
    notes: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    codes: tuple[Code, ...] = ()
    validation: Validation | None = None
    items: Itemised = field(default_factory=Itemised)
    sketch: Sketch | None = None
    readings: tuple[Reading, ...] = ()


def judge_fields(
    fields: Fields, evidence: Evidence, tools: JudgeTools, memory: Memory, today: date, doubts: tuple[str, ...] = ()
) -> Judged:
    """Judge what was found. An alarm is a reason to look; so is another layout than before, unless all is proved.

    A page that proves every decisive field itself is told of in a note only: where they stand does not matter there.

    Args:
        fields: What was found; what is found only when it is asked for is asked for now.
        evidence: What it was found in.
        tools: Judge, compare and ask.
        memory: What is known of sellers.
        today: The clock.
        doubts: Reasons for a review that lie in the file and not in its fields; nothing learned takes them away, so
            such a document is not judged again.
    """
    fields, readings = dict(fields), evidence.readings
    status, found = tools.judge(fields, evidence, today)
    codes, disputed = tools.judge_codes(evidence.codes, fields)
    sketch, changes = tools.compare_look(fields, readings, memory, today)
    alarms = tools.find_alarms(fields, readings)
    asking, telling = ((), changes) if tools.is_proved(fields) else (changes, ())
    reasons = tuple(dict.fromkeys((*doubts, *found, *disputed, *asking, *(alarm.words for alarm in alarms))))
    kept = readings if not doubts and not evidence.attachments and len(readings) <= _MOST_KEPT else ()
    items = tools.find_items(fields, evidence)
    judged = Judged(
        fields, status, reasons, alarms, notes=telling, codes=codes, items=items, sketch=sketch, readings=kept
    )
    if status is Status.ACCEPTED and not reasons:
        return judged
    said = {alarm.words for alarm in alarms}
    asked = tools.find_asked(fields, tuple(reason for reason in reasons if reason not in said), codes, today)
    return replace(judged, status=Status.NEEDS_REVIEW, asked=asked)


def draw(judged: Judged, tools: JudgeTools, today: date) -> Judged:
    """An accepted document that a person is asked to look at all the same."""
    asked = tools.find_asked(judged.fields, (DRAWN,), judged.codes, today)
    return replace(judged, status=Status.NEEDS_REVIEW, reasons=(DRAWN,), asked=asked)


def judge_again(record: Invoice, tools: JudgeTools, memory: Memory, today: date) -> Invoice:
    """A record judged with what was learned since, from the readings that were kept with it; nothing is read anew."""
    evidence = Evidence(record.readings, codes=record.codes)
    judged = judge_fields(tools.find_fields(evidence, memory, today), evidence, tools, memory, today)
    if DRAWN in record.reasons and judged.status is Status.ACCEPTED:
        judged = draw(judged, tools, today)
    return replace(
        record,
        fields=judged.fields,
        status=judged.status,
        reasons=judged.reasons,
        alarms=judged.alarms,
        asked=judged.asked,
        codes=judged.codes,
        notes=tuple(dict.fromkeys((*record.notes, *judged.notes, AGAIN))),
        versions={**record.versions, "memory": str(memory.version)},
        lines=judged.items.lines,
        taxes=judged.items.taxes,
        sketch=judged.sketch,
        readings=judged.readings,
    )

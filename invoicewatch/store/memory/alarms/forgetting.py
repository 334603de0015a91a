"""Take what an erased record said out of the alarms that it raised against others."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from invoicewatch.records.attention.alarm import ALARM_MEANINGS, AlarmCode
from invoicewatch.store.tables.record import RunRow

if TYPE_CHECKING:
    from sqlmodel import Session


def forget_alarms(session: Session, invoice_id: int) -> None:
    """Leave of each alarm that names the record only what it means: the alarm stays, the evidence goes.

    Call it in the transaction that erases the record.
    """
    named = re.compile(rf"#{invoice_id}(?!\d)")
    for run in session.exec(select(RunRow).where(col(RunRow.alarms).is_not(None))).all():
        alarms: list[dict[str, Any]] = json.loads(run.alarms or "[]")
        reasons: list[str] = json.loads(run.reasons)
        concerned = [each for each in alarms if each["record"] == invoice_id or named.search(each["words"])]
        for alarm in concerned:
            words = f"{ALARM_MEANINGS[AlarmCode(alarm['code'])]} The earlier record was erased."
            reasons = [words if reason == alarm["words"] else reason for reason in reasons]
            alarm |= {"words": words, "record": None}
        if concerned:
            run.alarms, run.reasons = (json.dumps(each, ensure_ascii=False) for each in (alarms, reasons))
            session.add(run)
    session.flush()

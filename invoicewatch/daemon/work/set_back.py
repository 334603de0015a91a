"""A clock that was set back: the times to wait for were written by the clock before."""

from __future__ import annotations

from invoicewatch.daemon.context import Context
from invoicewatch.daemon.work.filer import LONGEST_DELAY_S
from invoicewatch.intake.backoff import LONGEST_LOOK_S, retry_delay_s
from invoicewatch.records.ledger import FILING, FileState
from invoicewatch.store.ledger import files as ledger

SLACK_S = 1.0  # a clock that is being adjusted steps by less


def bring_forward_waiting(context: Context, now_s: float) -> None:
    """Let no file wait for longer, from now, than it would have to if its last failure had been now."""
    intake = context.config.intake
    look_s = max(LONGEST_LOOK_S, intake.settle_s)
    with context.database.begin() as session:
        ledger.bring_forward(session, FileState.SEEN, later_than_s=now_s + look_s, to_s=now_s + intake.settle_s)
        for state in FILING:
            ledger.bring_forward(session, state, later_than_s=now_s + LONGEST_DELAY_S, to_s=now_s)
        for entry in ledger.list_in(session, FileState.WAITING):
            delay_s = retry_delay_s(max(1, entry.attempts), intake.retry_first_s, intake.retry_cap_s)
            if entry.next_s > now_s + delay_s:
                ledger.note(session, entry.id, next_s=now_s + delay_s)

"""Where an original is to go."""

from __future__ import annotations

from datetime import datetime

from invoicewatch.daemon.context import Context
from invoicewatch.intake.filing import free_name, month_folder
from invoicewatch.records.ledger import FileEntry, FileState


def choose_target(context: Context, entry: FileEntry, state: FileState) -> bytes:
    """A free name in the folder for files in this state; the month is that of the arrival, in local time.

    It is committed before anything moves, so that after a crash we know where to look.
    """
    arrived = datetime.fromtimestamp(entry.seen_s).astimezone()
    folder = {
        FileState.RECORDED: month_folder(context.archive, arrived),
        FileState.DUPLICATE: context.duplicates,
        FileState.SET_ASIDE: context.set_aside,
    }[state]
    return free_name(folder, entry.path.rpartition(b"/")[2])

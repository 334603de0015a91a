"""The reason file beside a document that was set aside."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime

from invoicewatch.intake.filing import NAME_MAX_BYTES

SUFFIX = b".reason.txt"


def reason_path(target: bytes) -> bytes:
    """Where the reason for the file at ``target`` is written."""
    folder, _, name = target.rpartition(b"/")
    return folder + b"/" + name[: NAME_MAX_BYTES - len(SUFFIX)] + SUFFIX


def write_reason(target: bytes, *, original: str, code: str, message: str, remedy: str, when: datetime) -> None:
    """Write it, complete or not at all; a later one replaces an earlier one. Raises OSError."""
    path = reason_path(target)
    text = (
        f"{message}\n\n"
        + (f"What to do: {remedy}\n" if remedy else "")
        + "Then run `invoicewatch retry --failed`, or replace this file, or move it back to the inbox.\n"
        f"\nOriginal: {original}\nReason:   {code}\nWhen:     {when.isoformat(timespec='seconds')}\n"
    )
    partial = path.rpartition(b"/")[0] + b"/.reason.part"
    with open(partial, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123 - bytes path
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)  # noqa: PTH105


def remove_reason(target: bytes) -> None:
    """Remove the reason of a file that is not set aside any more."""
    with suppress(FileNotFoundError):
        os.unlink(reason_path(target))  # noqa: PTH108

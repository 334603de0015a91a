"""Pause intake while the disk is full or the store busy, and say so once."""

from __future__ import annotations

from invoicewatch.daemon.context import Context
from invoicewatch.errors import TransientError
from invoicewatch.intake.backoff import retry_delay_s

_FIRST_S = 1.0
_CAP_S = 30.0


class Pause:
    """Whether intake is paused, why, and until when."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._failures = 0
        self.reason = ""
        self.until_s = 0.0

    def begin(self, exc: TransientError) -> None:
        """Pause, or go on pausing: each time for longer."""
        self._failures += 1
        self.until_s = self._context.now() + retry_delay_s(self._failures, _FIRST_S, _CAP_S)
        if not self.reason:
            self._context.log.error("intake pauses", reason=exc.message, remedy=exc.remedy)
        self.reason = exc.message

    def forget_times(self) -> None:
        """Try now."""
        self.until_s = 0.0

    def is_over(self, now_s: float) -> bool:
        """Whether work may be tried (again)."""
        return now_s >= self.until_s

    def end(self) -> None:
        """It worked."""
        if self.reason:
            self._context.log.info("intake resumes")
        self._failures, self.reason, self.until_s = 0, "", 0.0

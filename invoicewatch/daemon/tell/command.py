"""Run a program with the event's JSON on its standard input."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from invoicewatch.daemon.tell.channel import UndeliverableError
from invoicewatch.daemon.tell.event import Event


class CommandChannel:
    """The program gets a session of its own, so that at the time limit it ends with all that it started.

    It is run once an event: what it did before it failed is unknown, so it is not tried again. What it prints is
    not kept.
    """

    def __init__(self, arguments: Sequence[str], timeout_s: float) -> None:
        self.name = f"command {arguments[0]}"
        self._arguments = list(arguments)
        self._timeout_s = timeout_s
        self._running: subprocess.Popen[bytes] | None = None

    def deliver(self, event: Event) -> None:
        """Run it to its end. Raises UndeliverableError."""
        nowhere = subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                self._arguments, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, start_new_session=True
            )
        except (OSError, ValueError) as exc:
            raise UndeliverableError(f"it cannot be started: {exc}") from exc
        self._running = process
        try:
            process.communicate(event.encode() + b"\n", timeout=self._timeout_s)
        except subprocess.TimeoutExpired as exc:
            self.stop()
            process.communicate()
            raise UndeliverableError(f"it took longer than {self._timeout_s:g} s and was ended") from exc
        finally:
            self._running = None
        if process.returncode:
            raise UndeliverableError(f"it ended with exit code {process.returncode}")

    def stop(self) -> None:
        """End the program and all that it started."""
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)

"""Tell systemd how we are: sd_notify(3) over the socket that it names."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress


class Notifier:
    """Sends states to the service manager; does nothing where there is none."""

    def __init__(self, env: Mapping[str, str]) -> None:
        address = env.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        mine = env.get("WATCHDOG_PID") in {None, str(os.getpid())}
        timeout_s = int(env.get("WATCHDOG_USEC", "0")) / 1e6 if mine else 0.0
        self._interval_s = timeout_s / 3
        self._next_s = 0.0
        self._status = ""

    @property
    def watchdog_interval_s(self) -> float | None:
        """How often ``alive`` wants to be called, or None if nobody watches."""
        return self._interval_s or None

    def ready(self) -> None:
        """Start-up is over."""
        self._send("READY=1")

    def stopping(self) -> None:
        """Shutdown has begun."""
        self._send("STOPPING=1")

    def reloading(self) -> None:
        """The configuration is being read again; ``ready`` ends it."""
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def status(self, text: str) -> None:
        """One line for ``systemctl status``; sent when it changes."""
        if text != self._status:
            self._status = text
            self._send(f"STATUS={text}")

    def alive(self) -> None:
        """Feed the watchdog: called wherever work makes progress or there is none to do."""
        if self._interval_s and time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + self._interval_s
            self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        # A manager that went away must not take us along.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.sendto(message.encode(), self._address)

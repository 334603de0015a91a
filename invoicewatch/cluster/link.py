"""The head's side of the bridge: start the process, write orders, read what it says, and notice when it is gone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from invoicewatch.cluster.wire import MAX_TO_HEAD, Connect, Frames, ToBridge, ToHead, WireError, write_frame

SEND_LIMIT_S = 15.0
QUIET_LIMIT_S = 15.0  # beyond what the bridge itself waits for the scheduler
_READ = 1 << 20
_KEPT = ("PATH", "LANG", "TMPDIR", "COVERAGE_PROCESS_CONFIG")  # the last: it is measured


class LinkLostError(Exception):
    """The bridge ended, hangs, or says what no bridge says."""


class Link:
    """One bridge process. A fault of it ends it; nothing that it says is unpickled."""

    def __init__(self, process: subprocess.Popen[bytes], channel: socket.socket, patience_s: float) -> None:
        self._process = process
        self._channel = channel
        self._frames = Frames(ToHead, MAX_TO_HEAD)
        self._patience_s = patience_s
        self._heard_s = time.monotonic()

    @classmethod
    def start(cls, connect: Connect) -> Link:
        """Start one; it connects by itself, and says so by its first list of machines."""
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(entry for entry in sys.path if entry)
        # -P: a module lying in the current directory, perhaps an inbox, is never imported.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "invoicewatch.cluster.bridge", str(theirs.fileno()), str(os.getpid())],
            pass_fds=[theirs.fileno()],
            env=_choose_environment() | {"PYTHONPATH": path},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
        )
        theirs.close()
        ours.settimeout(SEND_LIMIT_S)
        link = cls(process, ours, connect.lost_after_s + QUIET_LIMIT_S)
        with suppress(LinkLostError):  # its end shows at the first reading, where every end is handled
            link.send(connect)
        return link

    @property
    def pid(self) -> int:
        """The bridge's process id."""
        return self._process.pid

    def fileno(self) -> int:
        """What to wait for: readable when the bridge has said something, or has ended."""
        return self._channel.fileno()

    def send(self, message: ToBridge) -> None:
        """Write a message. Raises LinkLostError."""
        try:
            self._channel.sendall(write_frame(message))
        except OSError as exc:
            raise LinkLostError(f"the bridge takes nothing: {exc}") from exc

    def receive(self) -> list[ToHead]:
        """What has arrived, without waiting. Raises LinkLostError."""
        messages: list[ToHead] = []
        while True:
            try:
                content = os.read(self._channel.fileno(), _READ)  # a socket with a time limit never blocks by itself
                messages += self._frames.take(content)
            except BlockingIOError:
                break
            except (OSError, WireError) as exc:
                raise LinkLostError(f"the bridge says what none says: {exc}") from exc
            if not content:
                if messages:
                    break
                raise LinkLostError(f"the bridge ended ({self._process.poll()})")
            self._heard_s = time.monotonic()
        if time.monotonic() - self._heard_s > self._patience_s:
            raise LinkLostError("the bridge hangs")
        return messages

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _choose_environment() -> dict[str, str]:
    """What a program needs to run, and no more: settings may hold passwords."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}

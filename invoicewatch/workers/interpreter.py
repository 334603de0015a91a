"""A fresh Python for a worker. Imports little: one is started before its parent knows what to have it do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

AHEAD = "ahead"
"""Tells the worker to import all that the road needs while its setup is not there yet."""


class Interpreter(NamedTuple):
    """A process in a session of its own, so that it can be killed with the programs it starts, and our end of its pipe.

    It ends when the pipe does.
    """

    process: subprocess.Popen[bytes]
    pipe: Connection

    @classmethod
    def start(cls, *words: str) -> Interpreter:
        """Start one; ``words`` are further arguments of the worker."""
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(entry for entry in sys.path if entry)
        # -P: a module lying in the current directory, perhaps an inbox, is never imported.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "invoicewatch.workers.child", str(theirs.fileno()), *words],
            pass_fds=[theirs.fileno()],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
        )
        theirs.close()
        from multiprocessing.connection import Connection  # not before: its import takes as long as Python's own start

        return cls(process, Connection(ours.detach()))

    def close(self) -> None:
        """End it, unless it has work to do: close our end of the pipe; harmless where that was done before."""
        self.pipe.close()

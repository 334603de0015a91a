"""A real terminal, which is a pseudo-terminal here, with a command that runs in it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import termios
import time

# Make the terminal the controlling one, so that Ctrl-C in it is a signal, listen to that signal even if the tests were
# started in the background, where shells let it be ignored, and become the command.
ATTACH = (
    "import fcntl, os, signal, sys, termios; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)


class Terminal:
    """What a person sees and types."""

    def __init__(self, command, env):
        self.master, self.slave = os.openpty()
        termios.tcsetwinsize(self.slave, (24, 100))
        self.settings = termios.tcgetattr(self.slave)
        self.seen = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", ATTACH, *command],
            env=env,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
        )

    def type(self, text):
        os.write(self.master, text.encode())

    def press(self, key, timeout_s=60):
        """Type a key once the program listens for keys: what was typed before it did is thrown away."""
        end_s = time.monotonic() + timeout_s
        while termios.tcgetattr(self.slave)[3] & termios.ICANON:
            assert time.monotonic() < end_s, self.seen
            time.sleep(0.01)
        self.type(key)

    def wait_for(self, condition, timeout_s=60):
        end_s = time.monotonic() + timeout_s
        while not condition(self.seen):
            assert time.monotonic() < end_s, self.seen
            if select.select([self.master], [], [], 0.1)[0]:
                self.seen += os.read(self.master, 65536).decode()

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

"""``invoicewatch status --watch`` on a real terminal, which is a pseudo-terminal here."""

import os
import select
import subprocess
import sys
import termios
import time

import pytest

from invoicewatch.daemon.lock import hold_lock

# Make the terminal the controlling one, so that Ctrl-C in it is a signal, listen to that signal even if the tests were
# started in the background, where shells let it be ignored, and become the command.
ATTACH = (
    "import fcntl, os, signal, sys, termios; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
SHOW_CURSOR, HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"


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


@pytest.fixture
def terminal(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "config.toml").write_text("")
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(tmp_path / "config.toml")]
    terminal = Terminal([*command, "status", "--watch"], os.environ | {"HOME": str(tmp_path), "TERM": "xterm-256color"})
    yield terminal
    terminal.close()


def test_it_draws_refreshes_ends_on_ctrl_c_and_restores_the_terminal(terminal, tmp_path):
    terminal.wait_for(lambda seen: "The daemon is not running" in seen)
    with hold_lock(tmp_path / "state"):
        terminal.wait_for(lambda seen: f"process {os.getpid()}" in seen)
    terminal.wait_for(lambda seen: seen.rindex("not running") > seen.rindex(f"process {os.getpid()}"))
    assert terminal.seen.count("Inbox") > 2, "it draws once a second"
    assert HIDE_CURSOR in terminal.seen
    terminal.type("\x03")
    # Read on meanwhile: who writes to a terminal that nobody reads waits for ever.
    terminal.wait_for(lambda _: terminal.process.poll() is not None, timeout_s=20)
    code = terminal.process.returncode
    terminal.wait_for(lambda seen: seen.rfind(SHOW_CURSOR) > seen.rfind(HIDE_CURSOR))
    assert code == 130
    assert termios.tcgetattr(terminal.slave) == terminal.settings
    assert "Traceback" not in terminal.seen

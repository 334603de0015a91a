"""``invoicewatch status --watch`` on a real terminal, which is a pseudo-terminal here."""

import os
import sys
import termios

import pytest

from invoicewatch.daemon.lock import hold_lock
from tests.functional.terminal import Terminal

SHOW_CURSOR, HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"


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

"""The daemon and the commands of one office, as separate programs over a configuration of its own."""

import os
import signal
import subprocess
import sys
import time

COMMAND = [sys.executable, "-m", "invoicewatch.cli.main"]


class Office:
    """A folder with an inbox and a configuration; everything runs with it as its home."""

    def __init__(self, base, settings, **env):
        self.base = base
        self.inbox = base / "inbox"
        self.inbox.mkdir()
        self.config = base / "config.toml"
        self.config.write_text(settings)
        self.env = os.environ | {"HOME": str(base)} | env

    def run(self, *words):
        command = [*COMMAND, "--config", self.config, *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=120, check=False)

    def start(self):
        with (self.base / "log").open("ab") as log:
            command = [*COMMAND, "--config", self.config, "run"]
            return subprocess.Popen(command, env=self.env, stdout=log, stderr=log, cwd=self.base)

    @property
    def log(self):
        return (self.base / "log").read_text()

    def wait_for(self, condition, timeout_s=180.0):
        end_s = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < end_s, self.log[-4000:]
            time.sleep(0.1)


def stop(daemon):
    daemon.send_signal(signal.SIGTERM)
    try:
        return daemon.wait(30)
    finally:
        daemon.kill()
        daemon.wait()

"""``invoicewatch process`` with quick settings, and a folder of good files among bad ones."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import make_environment
from tests.functional.process.documents import BAD, GOOD

COMMAND = Path(sys.executable).with_name("invoicewatch")
# One engine, one language and no model: what is tested here is the command.
QUICK = """
[paths]
inboxes = ["inbox"]
[ocr]
languages = ["eng"]
second_opinion = "none"
[correct]
mode = "off"
[workers]
count = 1
"""


class Run:
    """A finished command."""

    def __init__(self, result):
        self.code = result.returncode
        self.out = result.stdout
        self.err = result.stderr

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def by_name(self):
        return {Path(line["path"]).name: line for line in self.lines}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "config.toml").write_text(QUICK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def invoicewatch(home):
    def run(*arguments, timeout=120, **environment):
        env = make_environment(home, INVOICEWATCH_CONFIG=str(home / "config.toml"))
        command = [COMMAND, *arguments]
        result = subprocess.run(command, capture_output=True, timeout=timeout, env=env | environment, check=False)
        return Run(
            subprocess.CompletedProcess(
                command, result.returncode, result.stdout.decode(), result.stderr.decode(errors="replace")
            )
        )

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Good files among bad ones."""
    folder = tmp_path_factory.mktemp("scans")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    for name, sample in GOOD.items():
        (folder / name).write_bytes(sample.content)
    return folder

"""Full disks, read-only archives and shares that come and go, each really mounted in a namespace of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.hanging_share import DEVICE
from tests.faults.mount_scenarios import SCENARIOS

ROOT = Path(__file__).parents[2]


def find_namespace_command():
    """How this user gets a mount namespace: as root, or as root of a user namespace; None if not at all."""
    for command in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        tried = [*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        if subprocess.run(tried, capture_output=True, check=False).returncode == 0:
            return command
    return None


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name, quick_folder):
    command = find_namespace_command()
    if command is None:
        pytest.skip("this user cannot make a mount namespace")
    if name == "share_hangs" and not os.access(DEVICE, os.R_OK | os.W_OK):
        pytest.skip("this user cannot make a file system of its own")
    run = [*command, sys.executable, "-m", "tests.faults.mount_scenarios", name, quick_folder]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr[-6000:]

"""Three hosts with TLS between them, and faults of all kinds: nothing is lost, and nothing is there twice."""

import os
import subprocess

import pytest

from tests.faults.cluster.hosts import Hosts


def can_make_networks():
    if os.geteuid() != 0:
        return False
    name = f"iwtry{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return made.returncode == 0


@pytest.mark.skipif(not can_make_networks(), reason="this user cannot make a network namespace")
@pytest.mark.timeout(600)
def test_whatever_fails_each_document_is_recorded_once(tmp_path):
    hosts = Hosts(tmp_path)

    def drop(turn):
        for number in range(3):
            hosts.folders.drop(f"{turn} {number}.txt", f"slow {turn} {number}")

    try:
        for turn in (-1, -2):
            drop(turn)
        hosts.start_all()
        hosts.folders.wait_for(lambda: hosts.folders.states()["filed"] > 0, "it never began", 90)
        kinds = hosts.weather(8, 18, drop)
        hosts.folders.wait_for(hosts.folders.is_done, f"after {kinds} it never ended", 240)
        hosts.folders.check_sound()
    finally:
        hosts.close()

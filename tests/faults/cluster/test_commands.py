"""The commands of a cluster with the real road: what a machine reads is what this one would have read."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from invoicewatch.records.contract.answers import ANSWERS
from scripts.papers.shapes import find_breaches
from tests.environment import make_environment
from tests.faults.cluster.conftest import Cluster, kill
from tests.functional.process.documents import TEXT_PDF

COMMAND = Path(sys.executable).with_name("invoicewatch")
QUICK = """
[ocr]
languages = ["eng"]
second_opinion = "none"
[correct]
mode = "off"
[workers]
count = 1
"""


@pytest.fixture
def office(tmp_path):
    """Runs commands with a cluster in their configuration, and without."""
    made = Office(tmp_path)
    yield made
    for part in made.parts:
        kill(part)


class Office:
    def __init__(self, folder):
        self.folder = folder
        self.parts = []
        self.address = Cluster().address
        (folder / "alone.toml").write_text(QUICK + '[paths]\nstate = "alone"\n')
        cluster = f'[cluster]\nscheduler = "{self.address}"\nlost_after_s = 5.0\n'
        (folder / "cluster.toml").write_text(QUICK + cluster)

    def run(self, config, *arguments):
        done = subprocess.run(
            [COMMAND, "--config", self.folder / f"{config}.toml", *arguments],
            capture_output=True,
            text=True,
            env=make_environment(self.folder),
            check=False,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    def start(self, *arguments):
        command = [COMMAND, "--config", self.folder / "cluster.toml", *arguments]
        self.parts.append(
            subprocess.Popen(command, env=make_environment(self.folder), start_new_session=True, stdout=2)
        )


def test_process_reads_by_the_cluster_what_it_would_read_alone(office):
    paper = office.folder / "paper.pdf"
    paper.write_bytes(TEXT_PDF.content)
    code, out, err = office.run("cluster", "cluster", "status")
    assert (3, "") == (code, out)
    assert "cannot be reached" in err
    office.start("cluster", "scheduler")
    office.start("cluster", "worker")
    end_s = time.monotonic() + 60
    while (found := office.run("cluster", "cluster", "status", "--json"))[0]:
        assert time.monotonic() < end_s, found
    status = json.loads(found[1])
    assert [] == list(find_breaches(status, ANSWERS["cluster status"].shape))
    assert [1] == [machine["cores"] for machine in status["machines"]]
    alone, there = (office.run(name, "process", "--json", paper) for name in ("alone", "cluster"))
    assert (0, 0) == (alone[0], there[0]), there
    records = [json.loads(done[1]) for done in (alone, there)]
    for record in records:
        del record["timings"]
    assert records[0] == records[1]
    status = json.loads(office.run("cluster", "cluster", "status", "--json")[1])
    assert [1] == [machine["done"] for machine in status["machines"]]


def test_a_cluster_in_the_clear_between_machines_and_one_that_is_none_are_refused(office):
    (office.folder / "clear.toml").write_text('[cluster]\nscheduler = "tcp://10.1.2.3:8786"\n')
    for command in (("process", "x.pdf"), ("cluster", "worker"), ("cluster", "scheduler"), ("cluster", "status")):
        code, _, err = office.run("clear", *command)
        assert (2, True) == (code, "in the clear" in err)
    for part in ("worker", "scheduler", "status"):
        code, _, err = office.run("alone", "cluster", part)
        assert (2, True) == (code, "no cluster is configured" in err)


def test_keys_are_made_once_and_closed_to_others(office):
    folder = office.folder / "keys"
    assert 0 == office.run("alone", "cluster", "keys", folder)[0]
    assert 0o600 == (folder / "ca.key").stat().st_mode & 0o777 == (folder / "head.key").stat().st_mode & 0o777
    before = (folder / "ca.pem").read_bytes()
    assert 0 == office.run("alone", "cluster", "keys", folder, "third")[0]
    assert before == (folder / "ca.pem").read_bytes()
    for name in ("head", "ca", "../x"):
        code, _, err = office.run("alone", "cluster", "keys", folder, name)
        assert (2, True) == (code, "there already" in err or "machine's name" in err)

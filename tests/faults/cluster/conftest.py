"""A cluster on the loopback interface: each of its parts is a process that a test may kill."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from invoicewatch.cluster.pool import ClusterPool
from invoicewatch.config import Config
from invoicewatch.workers.task import Outcome
from tests.faults.cluster.nodes import make_settings

ROOT = Path(__file__).resolve().parents[3]
LIMIT_S = 90


class Cluster:
    """Starts parts and pools; ends all of them."""

    def __init__(self, keys=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.keys = keys
        self.address = f"{'tls' if keys else 'tcp'}://127.0.0.1:{port}"
        self._parts = []
        self._pools = []

    def start(self, role, **options):
        given = options | ({"keys": self.keys, "name": options.get("name", role)} if self.keys else {})
        part = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.cluster.nodes", role, self.address]
            + [f"{name}={value}" for name, value in given.items()],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        self._parts.append(part)
        return part

    def open_pool(self, config=None, **options):
        cluster = msgspec.structs.replace(make_settings(self.address, self.keys or "", "head"), **options)
        config = msgspec.structs.replace(config or Config(), cluster=cluster)
        pool = ClusterPool.start(config)
        self._pools.append(pool)
        return pool

    def close(self):
        for pool in self._pools:
            pool.close(0)
        for part in self._parts:
            kill(part)


def kill(part):
    """End a part and its processes as a power cut does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()


def wait_for(pool, is_so, outcomes=None):
    """Poll until it is so, and keep the outcomes that come meanwhile by their keys."""
    outcomes = outcomes if outcomes is not None else dict[str, Outcome]()
    end_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < end_s, f"never so: {pool.seats}"
        keep(outcomes, pool.poll(0.5))


def keep(outcomes, new):
    for outcome in new:
        assert outcome.key not in outcomes, "an outcome came twice"
        outcomes[outcome.key] = outcome


def run(pool, *tasks):
    """Submit as there is room and wait for all; outcomes by key, each of which comes once."""
    waiting, outcomes = list(tasks), dict[str, Outcome]()
    end_s = time.monotonic() + LIMIT_S
    while len(outcomes) < len(tasks):
        assert time.monotonic() < end_s, f"{len(tasks) - len(outcomes)} tasks never came back: {pool.seats}"
        while waiting and pool.room:
            pool.submit(waiting.pop(0))
        keep(outcomes, pool.poll(0.5))
    return outcomes


@pytest.fixture
def cluster():
    made = Cluster()
    made.start("scheduler")
    yield made
    made.close()

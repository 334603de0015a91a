"""The real daemon with cheap workers, killed where the test wants it: ``python -m tests.faults.cheap_daemon CONFIG``.

``KILL_AT=point:n`` in the environment sends it SIGKILL when it reaches that point for the n-th time; with ``*`` as the
point every point counts. ``KILL_WORKER=p:seed`` kills a worker with probability p at every point.
``TOGETHER=n`` holds outcomes back until n are there, or no worker is at work for a while.
``CLOCK=FILE`` names a file that says by how many seconds the clock is off.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from invoicewatch.config import load_config
from invoicewatch.daemon import service
from invoicewatch.workers.pool import WorkerPool, count_workers
from invoicewatch.workers.task import Outcome
from tests.faults import doubles

LONGEST_HOLD_S = 3.0


class HoldingPool(WorkerPool):
    """Gives outcomes so many at a time, as a pool of many workers does to a daemon that is busy."""

    together = 1
    held: tuple[Outcome, ...] = ()
    since_s = 0.0

    def poll(self, timeout_s, wake=()):
        if not self.held:
            self.since_s = time.monotonic()
        self.held += tuple(super().poll(min(timeout_s, 0.1), wake))
        if len(self.held) < self.together and (self.busy or time.monotonic() < self.since_s + LONGEST_HOLD_S):
            return []
        held, self.held = self.held, ()
        return list(held)


class Killer:
    """Counts the points that are reached and pulls the plug at the chosen one."""

    def __init__(self, env):
        self.point, _, number = env.get("KILL_AT", ":0").rpartition(":")
        self.left = int(number)
        self.together = int(env.get("TOGETHER", "1"))
        chance, _, seed = env.get("KILL_WORKER", "0:0").partition(":")
        self.chance = float(chance)
        self.random = random.Random(seed)
        self.pids: Callable[[], tuple[int, ...]] = tuple
        self.log = env.get("POINTS_LOG")

    def make_pool(self, config):
        kind = HoldingPool if self.together > 1 else WorkerPool
        pool = kind.start(
            config, count_workers(config), build=doubles.build_cheap_tools, process=doubles.process_cheaply
        )
        self.pids = lambda: pool.pids
        vars(pool)["together"] = self.together
        return pool

    def reach(self, point):
        if self.log:
            with Path(self.log).open("a") as log:
                log.write(f"{point}\n")
        if self.chance and self.random.random() < self.chance and self.pids():
            os.kill(self.random.choice(self.pids()), signal.SIGKILL)
        if self.point in {point, "*"}:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class SetClock:
    """A clock that is off by as many seconds as a file says."""

    def __init__(self, file):
        self.file = Path(file)

    def time(self):
        return time.time() + float(self.file.read_text())


def run(config_file, env):
    killer = Killer(env)
    if "CLOCK" in env:
        vars(service)["time"] = SetClock(env["CLOCK"])
    service.run_service(lambda: load_config(config_file).config, env, make_pool=killer.make_pool, reach=killer.reach)


if __name__ == "__main__":
    run(Path(sys.argv[1]), os.environ)

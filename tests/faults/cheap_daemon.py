"""The real daemon with cheap workers, killed where the test wants it: ``python -m tests.faults.cheap_daemon CONFIG``.

``KILL_AT=point:n`` in the environment sends it SIGKILL when it reaches that point for the n-th time; with ``*`` as the
point every point counts. ``KILL_WORKER=p:seed`` kills a worker with probability p at every point.
"""

import ctypes
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from invoicewatch.config import load_config
from invoicewatch.daemon.service import run_service
from invoicewatch.errors import InvoicewatchError
from invoicewatch.workers.child import PR_SET_PDEATHSIG
from invoicewatch.workers.pool import WorkerPool, count_workers
from tests.faults import doubles


class Killer:
    """Counts the points that are reached and pulls the plug at the chosen one."""

    def __init__(self, env):
        self.point, _, number = env.get("KILL_AT", ":0").rpartition(":")
        self.left = int(number)
        chance, _, seed = env.get("KILL_WORKER", "0:0").partition(":")
        self.chance = float(chance)
        self.random = random.Random(seed)
        self.pids: Callable[[], tuple[int, ...]] = tuple
        self.log = env.get("POINTS_LOG")

    def make_pool(self, config):
        pool = WorkerPool(
            config, count_workers(config), build=doubles.build_cheap_tools, process=doubles.process_cheaply
        )
        self.pids = lambda: pool.pids
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


class ForkedDaemon:
    """A daemon in a forked child: it starts at once, as everything is imported already. Much like a Popen."""

    def __init__(self, config_file, env, log):
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _become_daemon(config_file, env, log)

    def send_signal(self, number):
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)
        self.wait(10)

    def poll(self):
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout_s):
        end_s = time.monotonic() + timeout_s
        while self.poll() is None:
            if time.monotonic() > end_s:
                raise TimeoutError(f"daemon {self.pid} still runs")
            time.sleep(0.01)
        return self.returncode


def _become_daemon(config_file, env, log):
    """Run and exit; never return into the test runner whose copy we are."""
    code = 70
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a failed test leaves nothing behind
    try:
        with log.open("ab") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
        run(config_file, os.environ | env)
        code = 0
    except InvoicewatchError as exc:
        os.write(2, f"{type(exc).__name__}: {exc.message}\n".encode())
        code = exc.exit_code
    except BaseException:  # noqa: BLE001 - a copy of the test runner must not run on
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def run(config_file, env):
    killer = Killer(env)
    run_service(lambda: load_config(config_file).config, env, make_pool=killer.make_pool, reach=killer.reach)


if __name__ == "__main__":
    run(Path(sys.argv[1]), os.environ)

"""Three hosts on one machine: network namespaces with a wire between them, on which parts of a cluster run and fail.

The head runs the real daemon and the scheduler; two more run a worker each. Needs root.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from invoicewatch.cluster.keys import make_keys
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from tests.environment import make_environment
from tests.faults.cluster.conftest import ROOT, kill
from tests.faults.folders import Folders

COMMAND = Path(sys.executable).with_name("invoicewatch")
HEAD = "head"
WORKERS = ("one", "two")
FORMS = (Form.TEXT_PDF, Form.JPEG, Form.TIFF)
LIMIT_S = 3600.0
NOWHERE = "02:00:00:00:00:99"  # frames to it are sent and never arrive


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


def harm_hosts(base: Path, seed: int, faults: int) -> dict[str, Counter[str]]:
    """Have two hosts read five receipts a fault while so many things fail; what failed, what became of the files.

    Raises:
        AssertionError: A document was lost or recorded twice.
    """
    hosts = Hosts(base, real=True)

    def drop(turn):
        for number in range(5 * turn, 5 * turn + 5):
            sample = make_sample(seed * 10_000 + number, Kind.RECEIPT, FORMS[number % len(FORMS)])
            hosts.folders.drop(sample.name, sample.content)

    try:
        hosts.start_all()
        kinds = hosts.weather(faults, seed, drop, pause_s=8.0)
        hosts.folders.wait_for(hosts.folders.is_done, f"after {kinds} it never ended", LIMIT_S)
        hosts.folders.check_sound()
        tries = hosts.folders.query("SELECT attempts, count(*) FROM file GROUP BY attempts")
        return {
            "faults": Counter(kinds),
            "files": hosts.folders.states(),
            "attempts": Counter({f"with {failed} failed": count for failed, count in tries}),
        }
    finally:
        hosts.close()


class Wires:
    """The namespaces and what connects them; faults of the network."""

    def __init__(self):
        self.mark = f"iw{os.getpid() % 100_000}"
        self.hosts = {name: f"10.77.0.{number}" for number, name in enumerate((HEAD, *WORKERS), 1)}

    def lay(self):
        ip("netns", "add", f"{self.mark}-switch")
        ip("-n", f"{self.mark}-switch", "link", "add", "switch", "type", "bridge")
        ip("-n", f"{self.mark}-switch", "link", "set", "switch", "up")
        for name, address in self.hosts.items():
            space = self.space(name)
            ip("netns", "add", space)
            ip("-n", space, "link", "add", "wire", "type", "veth", "peer", "name", name, "netns", f"{self.mark}-switch")
            ip("-n", f"{self.mark}-switch", "link", "set", name, "master", "switch", "up")
            ip("-n", space, "addr", "add", f"{address}/24", "dev", "wire")
            for device in ("lo", "wire"):
                ip("-n", space, "link", "set", device, "up")

    def space(self, name):
        return f"{self.mark}-{name}"

    def remove(self):
        for name in (*self.hosts, "switch"):
            with contextlib.suppress(subprocess.CalledProcessError):
                ip("netns", "del", self.space(name))

    def cut(self, name, seconds):
        ip("-n", f"{self.mark}-switch", "link", "set", name, "down")
        time.sleep(seconds)
        ip("-n", f"{self.mark}-switch", "link", "set", name, "up")

    def halve(self, name, seconds):
        """What the host sends to the head is lost; what it is sent arrives."""
        to_head = ("neigh", "replace", self.hosts[HEAD], "dev", "wire")
        ip("-n", self.space(name), *to_head, "lladdr", NOWHERE, "nud", "permanent")
        time.sleep(seconds)
        ip("-n", self.space(name), "neigh", "del", self.hosts[HEAD], "dev", "wire")

    def flap(self, name, seconds):
        """It works half of the time, so that all is slow."""
        end_s = time.monotonic() + seconds
        while time.monotonic() < end_s:
            self.cut(name, 0.4)
            time.sleep(0.4)


class Hosts:
    """A head with its folders, a scheduler and two workers, all started anew when a fault ends them."""

    def __init__(self, base, *, real=False):
        self.wires = Wires()
        self.base = base
        self.real = real
        self.folders = Folders(base / "office")
        if real:
            self.folders.workers["timeout_s"] = 120
            self.folders.write_config()
        self.keys = base / "keys"
        make_keys(self.keys, (HEAD, "scheduler", *WORKERS))
        self.address = f"tls://{self.wires.hosts[HEAD]}:8786"
        for name in (HEAD, "scheduler", *WORKERS):
            self._write_config(name)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def _write_config(self, name):
        text = self.folders.config.read_text() if name == HEAD else "[workers]\ncount = 1\n"
        files = f'ca = "{self.keys}/ca.pem"\ncertificate = "{self.keys}/{name}.pem"\nkey = "{self.keys}/{name}.key"\n'
        cluster = f'\n[cluster]\nscheduler = "{self.address}"\nlost_after_s = 5.0\ndiffering = "note"\n'
        where = self.base / f"{name}.toml" if name != HEAD else self.folders.config
        where.write_text(text + cluster + files)

    def start(self, name):
        space = self.wires.space(name if name in self.wires.hosts else HEAD)
        config = self.folders.config if name == HEAD else self.base / f"{name}.toml"
        command = [COMMAND, "--config", config, *{HEAD: ("run",), "scheduler": ("cluster", "scheduler")}.get(name, ())]
        if name in WORKERS and self.real:
            command += ["cluster", "worker"]
        elif name in WORKERS:
            command = [sys.executable, "-m", "tests.faults.cluster.nodes", "worker", self.address]
            command += [f"keys={self.keys}", f"name={name}"]
        with (self.base / f"{name}.log").open("ab") as log:
            self.parts[name] = subprocess.Popen(
                ["ip", "netns", "exec", space, *command],
                cwd=ROOT,
                env=make_environment(self.base, PYTHONPATH=str(ROOT)),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_all(self):
        self.wires.lay()
        for name in ("scheduler", HEAD, *WORKERS):
            self.start(name)

    def close(self):
        for part in self.parts.values():
            kill(part)
        self.wires.remove()

    def kill_host(self, name):
        """The part and all that it started end at once, and it comes back."""
        below = list_below(self.parts[name].pid)
        kill(self.parts[name])
        for pid in below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.start(name)

    def kill_child(self, name):
        """One of the processes that a part has started: a worker's, or the head's bridge."""
        for pid in list_below(self.parts[name].pid)[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def do_harm(self, chance):
        """One fault, drawn from all kinds. Returns what it was."""
        worker = chance.choice(WORKERS)
        kinds = {
            "machine": lambda: self.kill_host(worker),
            "process": lambda: self.kill_child(worker),
            "cut": lambda: self.wires.cut(worker, chance.uniform(0.5, 12)),
            "half open": lambda: self.wires.halve(worker, chance.uniform(0.5, 12)),
            "slow": lambda: self.wires.flap(worker, chance.uniform(1, 6)),
            "scheduler": lambda: self.kill_host("scheduler"),
            "bridge": lambda: self.kill_child(HEAD),
            "head": lambda: self.kill_host(HEAD),
        }
        kind = chance.choice(sorted(kinds))
        kinds[kind]()
        return kind

    def weather(self, faults, seed, drop, pause_s=3.0):
        """Faults at random times, with documents dropped before each; what they were."""
        chance, kinds = random.Random(seed), list[str]()
        while len(kinds) < faults:
            drop(len(kinds))
            time.sleep(chance.uniform(0.2, pause_s))
            kinds.append(self.do_harm(chance))
        return kinds


def list_below(pid):
    """The processes that a process started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *list_below(child)]
    return found

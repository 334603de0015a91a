"""What one person who looks at documents takes from the daemon: ``python -m benchmarks.web --daemon``.

The real daemon reads generated scans from its inbox, so many a round. In every other round somebody opens a document
every three seconds: its page, and its first page as a picture. The figure is how much fewer documents an hour are read
then: the median of pairs of neighbouring rounds, so that what else happens on the machine weighs on both.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.load import wait_for_records
from benchmarks.web_server import Visitor, serve_page
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample

EVERY_S = 3.0
_WARM = 4


def measure_daemon(folder: Path, rounds: int, documents: int) -> None:
    """Print what is lost, and what each round took."""
    base = folder / f"daemon-{time.time_ns()}"
    inbox = base / "inbox"
    inbox.mkdir(parents=True)
    (base / "config.toml").write_text("[intake]\nsettle_s = 1.0\n", encoding="utf-8")
    quiet, visited = [], []
    with run_daemon(base):
        _time_round(base, 0, _WARM)
        seed = _WARM
        with serve_page(base / "config.toml", base / "state") as (_, visitor):
            for _ in range(rounds):
                quiet.append(_time_round(base, seed, documents))
                with _look_at_documents(visitor, seed):
                    visited.append(_time_round(base, seed + documents, documents))
                seed += 2 * documents
    lost = median(1 - without / with_ for without, with_ in zip(quiet, visited, strict=True))
    for name, seconds in (("nobody looks", quiet), ("somebody opens a document every 3 s", visited)):
        print(f"| {documents} documents, {name}: rounds | {', '.join(f'{each:.1f}' for each in seconds)} s |")
    print(f"| the daemon's throughput falls by | {100 * lost:.1f} % |", flush=True)


def _time_round(base: Path, first: int, count: int) -> float:
    """Seconds from the moment when generated scans lie in the inbox to the last one's record."""
    scans = [_make_scan(base, seed) for seed in range(first, first + count)]
    begun_s = time.perf_counter()
    for scan in scans:
        scan.rename(base / "inbox" / scan.name)
    wait_for_records(base, first + count)
    return time.perf_counter() - begun_s


def _make_scan(base: Path, seed: int) -> Path:
    sample = make_sample(seed, Kind.INVOICE, Form.SCANNED_PDF, grade=1)
    path = base / sample.name
    path.write_bytes(sample.content)
    return path


@contextmanager
def _look_at_documents(visitor: Visitor, known: int) -> Iterator[None]:
    """Somebody opens one document after the other, each once, until the block ends."""
    stop = threading.Event()

    def look() -> None:
        number = known
        while not stop.wait(EVERY_S):
            for path in (f"/record/{number}", f"/record/{number}/page/1?width=1500"):
                visitor.get(path)
            number = number - 1 if number > 1 else known

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def run_daemon(base: Path) -> Iterator[None]:
    """The daemon with the configuration in ``base``, from when it is ready until the block ends."""
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(base / "config.toml"), "run"]
    with (base / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as daemon:
        while b"event=ready" not in (base / "log").read_bytes():
            if daemon.poll() is not None:
                raise SystemExit((base / "log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        try:
            yield
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(120)

"""Where the head ends: the store's step alone, the whole head, and 1 to 64 simulated workers; invoices of ten lines.

    python -m benchmarks.head [--records 640] [--workers 1 8 64] [--each 10] [--sleep-s 1] [--kept FILE] [--machines 4]

``store``: outcomes that are committed in groups of so many; records a second, and CPU time. ``head``: so many images
lie in the inbox, and eight workers hand back a ready record for each at once; documents a second from claim to filed.
``workers``: so many processes that sleep for each of their documents as long as a page takes; efficiency is the time
they worked by the time there was, from the first document's begin to the last one's end; a finished document's wait is
until the turn of the loop that records it. Before, each has had one document, so that all are awake. ``--machines``
divides the workers among so many machines of a Dask cluster on this one. ``--kept`` keeps the records for the next run.
"""

from __future__ import annotations

import argparse
import os
import pickle
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import structlog

from benchmarks.head_records import make_records
from benchmarks.load import make_png, read_usage
from invoicewatch.config import load_config
from invoicewatch.daemon.context import Context
from invoicewatch.daemon.work.results import Results
from invoicewatch.records import Invoice
from invoicewatch.records.ledger import FileEntry, FileState, Stamp
from invoicewatch.store.database.writer import Database, open_database
from invoicewatch.store.ledger import files as ledger
from invoicewatch.workers.task import Outcome

_GROUPS = (1, 10, 50)
_IDLERS = 8  # enough to have the head never wait for one
_SETTLE_S = 1.0


def main() -> None:
    options = _parse_arguments()
    most = max(options.workers, default=0) * (options.each + 1)
    records = load_records(max(options.records, most), options.kept)
    print("| measure | figure |\n| --- | --- |")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        base = Path(folder)
        write_records(base / "records", records)
        for group in _GROUPS if not options.no_store else ():
            _show(f"store alone, {group} at once", measure_store(base / f"store-{group}", records, group))
        if not options.no_head:
            _show(f"the whole head, {_IDLERS} workers that take no time", measure_head(base, len(records)))
        for count in options.workers:
            _show(f"{count} workers of {options.sleep_s} s", measure_workers(base, count, options))


def _show(name: str, figure: str) -> None:
    print(f"| {name} | {figure} |", flush=True)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=640)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 8, 64])
    parser.add_argument("--each", type=int, default=10, help="documents a worker")
    parser.add_argument("--sleep-s", type=float, default=1.0)
    parser.add_argument("--machines", type=int, default=0, help="of a cluster; none: workers of the daemon's own")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    parser.add_argument("--kept", type=Path, help="a file of records made before")
    parser.add_argument("--no-store", action="store_true")
    parser.add_argument("--no-head", action="store_true")
    return parser.parse_args()


def load_records(count: int, kept: Path | None) -> list[Invoice]:
    """So many records, from the file if it has enough."""
    if kept is not None and kept.exists():
        found: list[Invoice] = pickle.loads(kept.read_bytes())
        if len(found) >= count:
            return found[:count]
    records = list(make_records(range(count)))
    if kept is not None:
        kept.write_bytes(pickle.dumps(records))
    return records


def write_records(folder: Path, records: Sequence[Invoice]) -> None:
    """One file each, for the simulated workers."""
    folder.mkdir()
    for number, record in enumerate(records):
        (folder / f"{number:06}").write_bytes(pickle.dumps(record))


def measure_store(base: Path, records: Sequence[Invoice], group: int) -> str:
    """Commit outcomes so many at a time, a quarter of them before the clock starts."""
    config_file = _write_config(base, workers=1)
    with closing(open_database(base / "state")) as database:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        context = Context(load_config(config_file).config, database, structlog.get_logger(), time.time)
        results = Results(context)
        work = list(zip(add_files(database, base, records), records, strict=True))
        first = len(work) // 4
        commit(results, work[:first], group)
        begun_s, cpu_s = time.perf_counter(), time.process_time()
        commit(results, work[first:], group)
        wall_s, cpu_s = time.perf_counter() - begun_s, time.process_time() - cpu_s
    count = len(work) - first
    return f"{count / wall_s:.0f} a second; {1000 * cpu_s / count:.1f} ms of CPU a record"


def commit(results: Results, work: Sequence[tuple[FileEntry, Invoice]], group: int) -> None:
    for start in range(0, len(work), group):
        together = work[start : start + group]
        results.conclude([(entry, Outcome(str(entry.id), (record,))) for entry, record in together], time.time())


def add_files(database: Database, base: Path, records: Sequence[Invoice]) -> list[FileEntry]:
    """Files in the ledger that are with the workers."""
    inbox = str(base / "inbox")
    with database.begin() as session:
        new = [
            ledger.NewFile(os.fsencode(f"{inbox}/{record.path}"), Stamp(number, 1, 1), None, 0.0)
            for number, record in enumerate(records)
        ]
        ledger.add_seen(session, inbox, new, now_s=time.time(), settle_s=0.0)
        for number, record in enumerate(records, 1):
            ledger.change_state(session, number, FileState.SETTLED, 1.0)
            ledger.change_state(session, number, FileState.CLAIMED, 1.0, sha256=record.sha256)
            ledger.change_state(session, number, FileState.WORKING, 1.0)
        return ledger.list_in(session, FileState.WORKING)


def measure_head(base: Path, count: int) -> str:
    """From a tenth of the documents filed to all of them."""
    folder = base / "head"
    config_file = _write_config(folder, workers=_IDLERS)
    drop(folder, range(count))
    with run_daemon(config_file, base / "records", 0.0) as daemon:
        wait_for_filed(folder, count // 10)
        begun_s, first, early = time.monotonic(), count_filed(folder), read_usage(daemon.pid)
        wait_for_filed(folder, count)
        wall_s, late = time.monotonic() - begun_s, read_usage(daemon.pid)
    done = count - first
    cpu_ms = 1000 * (late.cpu_s - early.cpu_s) / done
    return f"{done / wall_s:.0f} a second; {cpu_ms:.1f} ms of CPU a document; {late.rss_mb:.0f} MB"


def measure_workers(base: Path, count: int, options: argparse.Namespace) -> str:
    """Efficiency, the head's load, and how long finished documents wait."""
    folder = base / f"workers-{count}"
    scheduler = f"tcp://127.0.0.1:{find_port()}" if options.machines else ""
    config_file = _write_config(folder, workers=count, scheduler=scheduler)
    total = count * options.each
    with (
        run_cluster(config_file, options.machines, count, base / "records", options.sleep_s),
        run_daemon(config_file, base / "records", options.sleep_s) as daemon,
    ):
        drop(folder, range(count))
        wait_for_filed(folder, count)
        early = read_usage(daemon.pid)
        drop(folder, range(count, count + total))
        wait_for_filed(folder, count + total)
        late = read_usage(daemon.pid)
    with closing(_connect(folder)) as connection:
        times = connection.execute(
            "SELECT json_extract(versions, '$.begun'), json_extract(versions, '$.done'),"
            " (julianday(recorded) - 2440587.5) * 86400 FROM run ORDER BY 1"
        ).fetchall()[count:]
    begun, done = [float(row[0]) for row in times], [float(row[1]) for row in times]
    waits = sorted(row[2] - end for row, end in zip(times, done, strict=True))
    wall_s = max(done) - min(begun)
    efficiency = total * options.sleep_s / count / wall_s
    cpu_s = late.cpu_s - early.cpu_s
    return (
        f"{total / wall_s:.1f} a second; efficiency {efficiency:.3f}; head {100 * cpu_s / wall_s:.0f} % of a core,"
        f" {1000 * cpu_s / total:.1f} ms a document, {late.rss_mb:.0f} MB; a finished one waits"
        f" {1000 * max(0.0, statistics.median(waits)):.0f} ms (worst {1000 * waits[-1]:.0f})"
    )


def _write_config(base: Path, workers: int, scheduler: str = "") -> Path:
    (base / "inbox").mkdir(parents=True)
    config_file = base / "config.toml"
    config_file.write_text(
        f"[intake]\nsettle_s = {_SETTLE_S}\nmin_free_mb = 0\n[workers]\ncount = {workers}\n"
        f'[cluster]\nscheduler = "{scheduler}"\n'
    )
    return config_file


def find_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def drop(base: Path, numbers: Iterable[int]) -> None:
    """Put images into the inbox."""
    for number in numbers:
        (base / "inbox" / f"{number:06}.png").write_bytes(make_png(number))


@contextmanager
def run_cluster(config_file: Path, machines: int, count: int, records: Path, sleep_s: float) -> Iterator[None]:
    """A scheduler and so many machines with ``count`` workers in all, or nothing; they are stopped in the end."""
    env = os.environ | {"HEAD_RECORDS": str(records), "HEAD_SLEEP_S": str(sleep_s)}
    cores = [0] + [count // machines + (number < count % machines) for number in range(machines)] if machines else []
    parts = [
        subprocess.Popen([sys.executable, "-m", "benchmarks.head_cluster", str(config_file), str(each)], env=env)
        for each in cores
    ]
    try:
        yield
    finally:
        for part in reversed(parts):
            part.terminate()
        for part in parts:
            part.wait(60)


@contextmanager
def run_daemon(config_file: Path, records: Path, sleep_s: float) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon, once all its workers answer; it is stopped in the end."""
    command = [sys.executable, "-m", "benchmarks.head_daemon", str(config_file)]
    env = os.environ | {"HEAD_RECORDS": str(records), "HEAD_SLEEP_S": str(sleep_s)}
    log = config_file.with_name("log")
    with log.open("ab") as output, subprocess.Popen(command, stdout=output, stderr=output, env=env) as daemon:
        while b"event=ready" not in log.read_bytes():
            time.sleep(0.1)
        try:
            yield daemon
        finally:
            daemon.terminate()
            daemon.wait(60)


def wait_for_filed(base: Path, count: int) -> None:
    while count_filed(base) < count:
        time.sleep(0.05)


def count_filed(base: Path) -> int:
    with closing(_connect(base)) as connection:
        return int(connection.execute("SELECT count(*) FROM file WHERE state = 'filed'").fetchone()[0])


def _connect(base: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{base}/state/invoicewatch.db?mode=ro", uri=True, timeout=30)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The intake under load and at rest, without OCR: the real daemon with workers that do nothing.

    benchmarks/load.py [--files 10000] [--singles 20] [--archived 50000] [--rest-s 60] [--folder FOLDER]

``flood``: so many tiny images lie in the inbox at once; wall clock, the daemon's CPU time and its memory (RSS) after a
tenth of them and at the end. ``single``: one image at a time reaches an idle daemon; seconds from the write to the
committed record, less ``settle_s`` (the workers take none). ``rest``: the daemon over an archive of so many files with
as many rows in its ledger, and nothing to do; CPU time of daemon and workers as a share of one core.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

SETTLE_S = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
_ROAD = ("settled", "claimed", "working", "recorded", "filed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--singles", type=int, default=20)
    parser.add_argument("--archived", type=int, default=50_000)
    parser.add_argument("--rest-s", type=float, default=60.0)
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print("| measure | figure |\n| --- | --- |")
        for name, figure in (
            *measure_flood(Path(folder) / "flood", options.files),
            *measure_singles(Path(folder) / "single", options.singles),
            *measure_rest(Path(folder) / "rest", options.archived, options.rest_s),
        ):
            print(f"| {name} | {figure} |", flush=True)


def measure_flood(base: Path, count: int) -> Iterator[tuple[str, str]]:
    make_folders(base)
    for number in range(count):
        (base / "inbox" / f"{number:06}.png").write_bytes(make_png(number))
    begun_s = time.monotonic()
    with run_daemon(base) as daemon:
        wait_for_records(base, 1)
        early = read_usage(daemon.pid)
        wait_for_records(base, count // 10)
        tenth = read_usage(daemon.pid)
        wait_for_records(base, count)
        wall_s = time.monotonic() - begun_s
        late = read_usage(daemon.pid)
    cpu_s = late.cpu_s - early.cpu_s
    yield f"{count:,} images at once: intake a file, wall clock", f"{1000 * wall_s / count:.1f} ms"
    yield "the same, CPU time of the daemon", f"{1000 * cpu_s / count:.1f} ms"
    yield "memory of the daemon after a tenth, and at the end", f"{tenth.rss_mb:.0f} MB, {late.rss_mb:.0f} MB"


def measure_singles(base: Path, count: int) -> Iterator[tuple[str, str]]:
    make_folders(base)
    late_s = []
    with run_daemon(base):
        for number in range(count):
            time.sleep(0.3)
            (base / "inbox" / f"{number}.png").write_bytes(make_png(number))
            dropped_s = time.time()
            wait_for_records(base, number + 1, every_s=0.005)
            late_s.append(time.time() - dropped_s - SETTLE_S)
    median, worst = statistics.median(late_s), max(late_s)
    yield (
        f"one image on an idle daemon ({count} times): drop to record, beyond settle_s",
        f"{median:.2f} s ({worst:.2f} s)",
    )


def measure_rest(base: Path, count: int, rest_s: float) -> Iterator[tuple[str, str]]:
    make_folders(base)
    with run_daemon(base):
        (base / "inbox" / "first.png").write_bytes(make_png(0))
        wait_for_records(base, 1)
    fill_archive(base, count)
    with run_daemon(base) as daemon:
        time.sleep(5)
        family = [daemon.pid, *find_children(daemon.pid)]
        before_s = sum(read_usage(pid).cpu_s for pid in family)
        time.sleep(rest_s)
        spent_s = sum(read_usage(pid).cpu_s for pid in family) - before_s
    share = 100 * spent_s / rest_s
    yield f"at rest over {count:,} archived files: daemon and workers", f"{share:.2f} % of a core"


def make_folders(base: Path) -> None:
    (base / "inbox").mkdir(parents=True)
    (base / "config.toml").write_text(f"[intake]\nsettle_s = {SETTLE_S}\n")


def make_png(number: int) -> bytes:
    """A grey image of one pixel with the number in a text chunk, so that no two are alike."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"tEXt", b"number\0%d" % number),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
    body = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


@contextmanager
def run_daemon(base: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, str(Path(__file__).with_name("load_daemon.py")), str(base / "config.toml")]
    with (base / "log").open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as daemon:
        while b"event=ready" not in (base / "log").read_bytes():
            time.sleep(0.1)
        try:
            yield daemon
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(60)
            (base / "log").write_bytes(b"")


def wait_for_records(base: Path, count: int, every_s: float = 0.1) -> None:
    connection = sqlite3.connect(f"file:{base}/state/invoicewatch.db?mode=ro", uri=True, timeout=30)
    try:
        while connection.execute("SELECT count(*) FROM invoice").fetchone()[0] < count:
            time.sleep(every_s)
    finally:
        connection.close()


class Usage(NamedTuple):
    """What a process has used."""

    cpu_s: float
    rss_mb: float


def read_usage(pid: int) -> Usage:
    """From proc(5): fields 14, 15 (user and system time, in ticks) and 24 (pages in memory)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return Usage((int(fields[11]) + int(fields[12])) / _TICKS, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20)


def find_children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def fill_archive(base: Path, count: int) -> None:
    """Files in the archive, and rows that went all the way."""
    connection = sqlite3.connect(base / "state" / "invoicewatch.db", timeout=30)
    known = [row[1] for row in connection.execute("PRAGMA table_info(file)") if row[1] != "id"]
    given = {"path", "name", "state", "sha256", "in_inbox", "filed_s", "target"}
    copied = ", ".join(name for name in known if name not in given)
    for number in range(count):
        file = base / "archive" / f"{2000 + number // 12_000}" / f"{1 + number // 1000 % 12:02}" / f"{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make_png(number))
        name = f"{base}/inbox/{number}.png"
        connection.execute(
            f"INSERT INTO file (path, name, state, sha256, in_inbox, filed_s, target, {copied}) "
            f"SELECT ?, ?, 'seen', ?, 0, 1.0, ?, {copied} FROM file WHERE id = 1",
            (name.encode(), name, f"{number:064x}", str(file).encode()),
        )
    for state in _ROAD:
        connection.execute("UPDATE file SET state = ? WHERE id > 1", (state,))
    connection.commit()
    connection.close()


if __name__ == "__main__":
    main()

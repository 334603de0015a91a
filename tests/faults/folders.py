"""A daemon's folders in a temporary place, and what must be true of them once everything is done."""

# ruff: noqa: PTH103, PTH118, PTH120, PTH123 - names that are no text need paths as bytes

import hashlib
import os
import signal
import sqlite3
import time
from collections import Counter
from pathlib import Path

from invoicewatch.daemon.lock import find_owner
from tests.faults.daemon_server import Daemon

SETTINGS = {"settle_s": 0.1, "reconcile_s": 1.0, "retry_first_s": 0.1, "retry_cap_s": 0.5, "min_free_mb": 0}
BACKLOG = "state IN ('seen', 'settled', 'claimed', 'working', 'waiting', 'recorded')"
UNFILED = "state IN ('duplicate', 'set_aside') AND filed_s IS NULL"


class Folders:
    """Inbox, archive and the rest below one folder, with a configuration for quick tests."""

    def __init__(self, base: Path, *, workers: int = 1, **intake):
        self.base = base
        self.inbox = base / "inbox"
        self.archive = base / "archive"
        self.set_aside = base / "set-aside"
        self.duplicates = base / "duplicates"
        self.state = base / "state"
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.config = base / "config.toml"
        self.paths: dict[str, object] = {}
        self.workers = {"count": workers, "timeout_s": 20}
        self.intake = SETTINGS | intake
        self.write_config()
        self.dropped: Counter[str] = Counter()

    def write_config(self):
        tables = {"paths": self.paths, "intake": self.intake, "workers": self.workers}
        lines = []
        for table, values in tables.items():
            lines.append(f"[{table}]")
            lines += [f"{key} = {_toml(value)}" for key, value in values.items()]
        self.config.write_text("\n".join(lines))

    def drop(self, name, content):
        """Put a file into the inbox as a scanner would, and remember its bytes."""
        data = content.encode() if isinstance(content, str) else content
        path = os.path.join(os.fsencode(self.inbox), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        self.dropped[hashlib.sha256(data).hexdigest()] += 1

    def start(self, **env):
        """Start the daemon with cheap workers."""
        return Daemon(self.config, env, self.base / "log")

    @property
    def log(self):
        path = self.base / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def query(self, sql, *values):
        """Rows of the database, which need not be there yet."""
        path = self.state / "invoicewatch.db"
        if not path.exists():
            return []
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as exc:
            if "no such table" in str(exc):
                return []
            raise
        finally:
            connection.close()

    def states(self):
        return Counter(dict(self.query("SELECT state, count(*) FROM file GROUP BY state")))

    def wait_for(self, condition, what, timeout_s=60.0):
        end_s = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < end_s, f"{what}: {self.states()}\n{self.log[-4000:]}"
            time.sleep(0.05)

    def files_in_inbox(self):
        return [path for path in all_files(self.inbox) if not path.rpartition(b"/")[2].startswith(b".")]

    def is_done(self):
        rows = self.query("SELECT count(*) FROM file")
        busy = self.query(f"SELECT count(*) FROM file WHERE {BACKLOG} OR ({UNFILED})")
        return bool(rows) and rows[0][0] > 0 and busy[0][0] == 0 and not self.files_in_inbox()

    def run_to_the_end(self, timeout_s=120.0, **env):
        """Start a daemon, wait until nothing is left to do, stop it; it must stop soon and well."""
        daemon = self.start(**env)
        try:
            # All may be done already; but only once it holds the lock does it listen to signals.
            self.wait_for(lambda: find_owner(self.state) == daemon.pid or daemon.poll() is not None, "never started")
            self.wait_for(self.is_done, "the daemon did not finish", timeout_s)
        finally:
            code = stop(daemon)
        assert code == 0, (code, self.log[-4000:])

    def check_sound(self):
        """Every file that was dropped is there exactly once, and recorded exactly once."""
        assert self.query("PRAGMA integrity_check") == [("ok",)]
        assert self.query("PRAGMA foreign_key_check") == []
        self.check_index()
        kept = Counter(
            digest for folder in (self.archive, self.set_aside, self.duplicates) for digest in hash_all(folder)
        )
        assert self.dropped == kept, "bytes were lost, or are there twice"
        archived = Counter(hash_all(self.archive))
        assert all(count == 1 for count in archived.values()), "archived twice"
        records = Counter(row[0] for row in self.query("SELECT sha256 FROM invoice"))
        for sha256, count in self.query("SELECT sha256, part_count FROM invoice"):
            assert max(count, 1) == records[sha256], "not all parts of a file were recorded, or some twice"
        assert set(self.dropped) == set(records)
        failed = {row[0] for row in self.query("SELECT sha256 FROM invoice WHERE status = 'failed'")}
        assert set(archived) == set(records) - failed
        assert not any((self.state / "spool").iterdir()), "a copy was left in the spool"
        recorded = self.query("SELECT sha256, count(*) FROM file WHERE state = 'filed' GROUP BY sha256")
        assert all(count == 1 for _, count in recorded), "recorded twice"

    def check_index(self):
        """Have SQLite compare the word index with itself; it raises where that is damaged."""
        connection = sqlite3.connect(self.state / "invoicewatch.db", timeout=10)
        for index in ("word_index", "word_trigram"):
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")
        connection.close()


def stop(daemon, timeout_s=15):
    """SIGTERM; returns the exit code."""
    daemon.send_signal(signal.SIGTERM)
    try:
        return daemon.wait(timeout_s)
    finally:
        daemon.kill()


def all_files(folder):
    """Paths as bytes of all regular files below a folder."""
    return [os.path.join(top, name) for top, _, names in os.walk(os.fsencode(folder)) for name in names]


def hash_all(folder):
    """The SHA-256 of all files below a folder, reasons left out."""
    for path in all_files(folder):
        if not path.endswith(b".reason.txt"):
            with open(path, "rb") as file:
                yield hashlib.file_digest(file, "sha256").hexdigest()


def _toml(value):
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f'"{value}"' if isinstance(value, str | Path) else str(value).lower()

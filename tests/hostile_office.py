"""A page with something to lose, as a process of its own, and how to tell whether anybody got in."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from invoicewatch.store.database.reader import open_reader
from invoicewatch.web.people.accounts import add_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session, end_session
from invoicewatch.web.people.tokens import Scope, add_token, revoke_token
from tests.hostile_requests import SECRET, Keys, Tally, run_storm
from tests.web_office import WebOffice, find_port

_KEYS = 20
_KEPT = (
    "SELECT * FROM log_entry", "SELECT * FROM human_value", "SELECT id, status, seller_name, total FROM invoice",
    "SELECT * FROM judge_again", "SELECT * FROM file",
)  # fmt: skip


class HostileOffice:
    """One document, and people who may only read; nothing of it may change."""

    def __init__(self, folder: Path) -> None:
        self.port = find_port()
        self.office = WebOffice(folder, self.port)
        self.office.now = time.time()
        self.office.save(seller_name=SECRET)
        self.office.close()
        paths = "\n".join(f'{name} = "{folder / name}"' for name in ("archive", "set_aside", "duplicates", "state"))
        self.config = folder / "config.toml"
        self.config.write_text(f'[paths]\ninboxes = ["{folder / "inbox"}"]\n{paths}\n[web]\nport = {self.port}\n')
        self.log = folder / "web.log"
        self.keys = self._make_keys()

    def _make_keys(self) -> Keys:
        people, now_s = self.office.site.people, self.office.now
        reader = add_person(people, "reader", Right.READER, now_s)
        cookies = tuple(begin_session(people, reader, now_s) for _ in range(_KEYS))
        tokens = tuple(add_token(people, f"token {n}", reader, list(Scope), now_s) for n in range(_KEYS))
        ended = begin_session(people, reader, now_s)
        end_session(people, ended)
        revoked = add_token(people, "revoked", reader, list(Scope), now_s)
        revoke_token(people, "revoked")
        late = add_token(people, "late", reader, list(Scope), now_s - 100, valid_s=10)
        used = (ended, revoked, late, hashlib.sha256(cookies[0].encode()).hexdigest(), cookies[0][:-1], tokens[0][:-1])
        return Keys(f"127.0.0.1:{self.port}", self.office.site.cookie, cookies, tokens, used)

    @contextmanager
    def serve(self) -> Iterator[subprocess.Popen[bytes]]:
        """The page as it is run, its log in a file."""
        command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(self.config), "web"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            while not self._answers():
                assert process.poll() is None, self.log.read_text()
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            process.wait(30)

    def _answers(self) -> bool:
        import socket

        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def describe(self) -> object:
        """All that must stay as it is."""
        people = self.office.site.people
        with open_reader(self.office.state) as reader:
            kept = [[tuple(row) for row in reader.rows(query)] for query in _KEPT]
        accounts = [tuple(row) for row in people.rows("SELECT name, right, password, disabled FROM person ORDER BY id")]
        tokens = [tuple(row) for row in people.rows("SELECT name, hash, scopes FROM token ORDER BY id")]
        files = sorted(str(path) for name in ("inbox", "archive") for path in (self.office.folder / name).rglob("*"))
        return kept, accounts, tokens, files

    def withstand(self, seed: int, count: int) -> Tally:
        """Send so many requests, and see that none got in, none stopped it and none left a word in the log.

        Raises:
            AssertionError: One did.
        """
        before = self.describe()
        with self.serve() as process:
            tally = run_storm(self.port, self.keys, seed, count)
            assert process.poll() is None, "it was stopped"
        assert tally.faults == [], "\n".join(tally.faults[:20])
        assert self.describe() == before, "somebody changed something"
        log = self.log.read_text("utf-8", "replace")
        assert SECRET not in log
        assert "Traceback" not in log, log[max(0, log.index("Traceback") - 500) :][:4000]
        assert not any(key in log for key in (*self.keys.cookies, *self.keys.tokens))
        client = self.office.visit(None).client
        client.headers["authorization"] = f"Bearer {self.keys.tokens[0]}"
        assert SECRET in client.get("/api/v1/records/1").text, "it is not there any more for those who may read it"
        return tally

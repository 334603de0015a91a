"""The page in a process of its own, and a visitor who is logged in: for ``web.py``."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from invoicewatch.web.people.accounts import add_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session
from invoicewatch.web.people.store import open_people
from invoicewatch.web.site import PLAIN_COOKIE

_START_WITHIN_S = 60


class Answer(NamedTuple):
    """What came back: ``sent_bytes`` as it travelled, compressed or not."""

    status: int
    sent_bytes: int
    body: bytes


class Visitor:
    """Somebody who is in; one connection at a time."""

    def __init__(self, port: int, secret: str) -> None:
        self.port = port
        self.secret = secret

    def get(self, path: str) -> Answer:
        """Ask for a page as a browser does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"{PLAIN_COOKIE}={self.secret}", "Accept-Encoding": "gzip", "Accept": "text/html"}
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        plain = gzip.decompress(body) if response.headers.get("content-encoding") == "gzip" else body
        return Answer(response.status, len(body), plain)


@contextmanager
def serve_page(config: Path, state: Path) -> Iterator[tuple[subprocess.Popen[bytes], Visitor]]:
    """Serve a configuration on a free port until the block ends; its process, and an administrator."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(config), "web", "--port", str(port)]
    people = open_people(state)
    person = add_person(people, f"benchmark {time.time_ns()}", Right.ADMIN, time.time())
    visitor = Visitor(port, begin_session(people, person, time.time()))
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(process, visitor)
            yield process, visitor
        finally:
            process.terminate()


def _wait_for(process: subprocess.Popen[bytes], visitor: Visitor) -> None:
    for _ in range(_START_WITHIN_S * 10):
        try:
            visitor.get("/static/app.css")
        except OSError:
            time.sleep(0.1)
        else:
            return
        if process.poll() is not None:
            break
    raise SystemExit("the page did not start")


def read_pss_mb(pid: int) -> float:
    """The share of memory that a process answers for, in millions of bytes (proc(5), smaps_rollup)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:"))) * 1024 / 1e6

"""Uploads that mean harm, against the page as a program of its own: each says whether a file of it may come in.

What a seed makes is the same every time. No upload may stop the page, get a file in that it may not, leave anything
outside the inbox, see a traceback, or bring a word of its document into the log.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from invoicewatch.web.guard.forms import sign_form
from invoicewatch.web.people.accounts import disable_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import find_session
from tests.web_office import WebOffice, find_port

MAX_BYTES = 200_000
CANARY = b"the secret of the document"
PDF = b"%PDF-1.7\n" + CANARY + b"\n%%EOF\n"
NAMES = [
    b"../../../../etc/cron.d/x", b"..", b".", b"/", b"C:\\Windows\\x.pdf", b"a\0.pdf", b"a%00.pdf", b"CON", b".bashrc",
    b"x" * 3000 + b".pdf", "ü".encode() * 200, b"\xff\xfe\xfd.pdf", b"a\x1b[2J.pdf", "a\u202efdp.exe".encode(),
    b"-rf", b"$(id).pdf", b"`id`", b"{{7*7}}.pdf", b"<script>alert(1)</script>.pdf", b"=cmd|' /C calc'!A0", b"%s%n",
    b"scan.pdf.part", b"Thumbs.db", b"...pdf...", b"a\tb\x0bc", b"\\\\server\\share\\x", b"..\\..\\x", b"~root",
]  # fmt: skip
STRANGERS = [
    b"<html><script>", b"PK\x03\x04", b"MZ\x90\0", b"\x7fELF", b"GIF89a", b"#!/bin/sh\n", b"\0" * 64, b"{}", b"",
    b"\x1f\x8b\x08",
]  # fmt: skip


@dataclass
class Upload:
    """What is sent, piece by piece; ``enters`` is how many files it may get in."""

    kind: str
    pieces: list[bytes]
    enters: int = 0
    hangs_up: bool = False


@dataclass
class Outcome:
    """How many there were of each status, by kind; 0 is an answer that never came as the page had closed the way."""

    statuses: dict[str, set[int]] = field(default_factory=dict)
    count: int = 0
    entered: int = 0


class Attacker:
    """Makes uploads for one office and the people in it."""

    def __init__(self, office: WebOffice, seed: int) -> None:
        self.random = random.Random(seed)
        self.host = office.site.origins[0].removeprefix("http://")
        self.outside = [str(office.folder / "archive"), str(office.state), "/etc", "..", "\0", "inbox/../archive"]
        self.editor = self._log_in(office, Right.EDITOR)
        self.reader = self._log_in(office, Right.READER)
        self.gone = self._log_in(office, Right.EDITOR, "Gone")
        disable_person(office.site.people, "Gone", disabled=True)
        self.kinds: list[Callable[[], Upload]] = [
            self.name, self.stranger, self.nobody, self.forged, self.elsewhere, self.large, self.endless, self.broken,
            self.headers, self.fields, self.cut, self.folder, self.noise, self.many,
        ]  # fmt: skip

    def _log_in(self, office, right, name=None):
        secret = office.log_in(right, name)
        session = find_session(office.site.people, secret, office.now, idle_s=1e9)
        assert session is not None, "it has just begun"
        return secret, sign_form(session.key)

    def make(self, number: int) -> Upload:
        """The upload of a number; each kind comes in turn."""
        return self.kinds[number % len(self.kinds)]()

    def name(self):
        return self.send("name", self.part(self.random.choice(NAMES)), enters=1)

    def stranger(self):
        content = self.random.choice(STRANGERS) + (CANARY * 99 if self.random.random() < 0.5 else b"")
        content = b"" if content.startswith(CANARY) else content
        return self.send("stranger", self.part(b"a.pdf", content))

    def nobody(self):
        who = self.random.choice([("", self.editor[1]), ("x" * 43, self.editor[1]), self.reader, self.gone])
        return self.send("nobody", self.part(b"a.pdf"), who=who)

    def forged(self):
        signature = self.random.choice(["", "x", "a.b", self.reader[1], self.editor[1][:-1], "é.é", "." * 999])
        return self.send("forged", self.part(b"a.pdf"), who=(self.editor[0], signature))

    def elsewhere(self):
        origin = self.random.choice(["https://evil.example", "null", "http://127.0.0.1:9", ""])
        host = self.random.choice([self.host, "evil.example"]) if origin else "evil.example"
        return self.send("elsewhere", self.part(b"a.pdf"), origin=origin, host=host)

    def large(self):
        return self.send("large", self.part(b"a.pdf", PDF + b"x" * MAX_BYTES))

    def endless(self):
        body = self.form(self.part(b"a.pdf", PDF + b"x" * (MAX_BYTES * 2)))
        pieces = [body[start : start + 50_000] for start in range(0, len(body), 50_000)]
        chunks = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
        return Upload("endless", [self.head(None), *chunks, b"0\r\n\r\n"])

    def broken(self):
        form = bytearray(self.form(self.part(b"a.pdf")))
        for _ in range(self.random.randint(1, 5)):
            form[self.random.randrange(len(form) - len(PDF))] = self.random.randrange(256)
        # Damage may fall on the name, and then it is a sound form.
        return Upload("broken", [self.head(len(form)), bytes(form)], enters=1)

    def headers(self):
        lines = self.random.choice([b"X: y\r\n" * 500, b"X: " + b"y" * 50_000 + b"\r\n", b"\0: \0\r\n", b": \r\n"])
        return self.send("headers", b"--b\r\n" + lines + b"\r\n" + PDF + b"\r\n")

    def fields(self):
        field_ = b'--b\r\nContent-Disposition: form-data; name="%d"\r\n\r\n%s\r\n'
        parts = [field_ % (n, b"v" * self.random.choice([0, 9, 9000])) for n in range(300)]
        return self.send("fields", b"".join(parts) + self.part(b"a.pdf"))

    def cut(self):
        form = self.form(self.part(b"a.pdf", PDF * 50))
        return Upload("cut", [self.head(len(form)), form[: self.random.randrange(len(form) - 8)]], hangs_up=True)

    def folder(self):
        where = self.random.choice(self.outside).encode()
        return self.send(
            "folder",
            b'--b\r\nContent-Disposition: form-data; name="inbox"\r\n\r\n' + where + b"\r\n" + self.part(b"a.pdf"),
        )

    def noise(self):
        body = self.random.randbytes(self.random.randrange(5000))
        kind = self.random.choice(
            ["multipart/form-data", "multipart/form-data; boundary=", "text/plain", "é", "x" * 5000]
        )
        return Upload("noise", [self.head(len(body), kind=kind), body])

    def many(self):
        content = [self.random.choice([PDF, b"GIF89a"]) for _ in range(40)]
        parts = b"".join(self.part(b"%d.pdf" % number, each) for number, each in enumerate(content))
        return self.send("many", parts, enters=content.count(PDF))

    def part(self, name, content=PDF):
        quoted = name.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        return b'--b\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n%s\r\n' % (quoted, content)

    def form(self, parts):
        return parts + b"--b--\r\n"

    def send(self, kind, parts, *, enters=0, **head):
        form = self.form(parts)
        return Upload(kind, [self.head(len(form), **head), form], enters)

    def head(self, length, *, who=None, origin=None, host=None, kind="multipart/form-data; boundary=b"):
        secret, signature = who or self.editor
        lines = [
            "POST /inbox/upload HTTP/1.1",
            f"Host: {host or self.host}",
            f"Origin: {f'http://{self.host}' if origin is None else origin}",
            f"Cookie: invoicewatch={secret}",
            f"X-CSRF-Token: {signature}",
            f"Content-Type: {kind}",
            f"Accept: {self.random.choice(['application/json', 'text/html'])}",
            "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}",
        ]
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


def attack(folder: Path, seed: int, count: int) -> Outcome:
    """Send the uploads of a seed. AssertionError where one does harm."""
    office = WebOffice(folder, find_port(), upload_files=100_000, intake={"max_bytes": MAX_BYTES})
    office.now = time.time()
    attacker, outcome = Attacker(office, seed), Outcome()
    config = folder / "config.toml"
    tables = msgspec.to_builtins({name: getattr(office.config, name) for name in ("paths", "intake", "web")})
    lines = [
        line
        for table, values in tables.items()
        for line in (f"[{table}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()))
    ]
    config.write_text("\n".join(lines))
    log = folder / "log"
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(config), "web"]
    with log.open("wb") as out:
        page = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        _wait_for(lambda: _send(office, [_look(attacker.host)])[0] == 200)
        for number in range(count):
            upload = attacker.make(number)
            before = _list_files(folder)
            status, answer = _send(office, upload.pieces, hang_up=upload.hangs_up)
            _judge(upload, status, answer, folder, before, outcome)
            assert page.poll() is None, f"{number} {upload.kind} ended the page: {log.read_text()[-2000:]}"
        assert _send(office, [_look(attacker.host)])[0] == 200, "the page does not answer any more"
    finally:
        page.send_signal(signal.SIGTERM)
        page.wait(30)
        office.close()
    said = log.read_bytes()
    assert CANARY not in said, "a document's text is in the log"
    assert b"Traceback" not in said, said[-2000:]
    return outcome


def _judge(upload, status, answer, folder, before, outcome) -> None:
    told = f"{upload.kind}: {status} {answer[:500]!r} to {upload.pieces[0]!r}"
    for word in (b"Traceback", b'File "', CANARY):
        assert word not in answer, told
    assert status == 0 or 200 <= status < 500, told
    entered = _settle(folder, before, upload)
    assert len(entered) <= upload.enters, f"{told}: {entered} came in"
    for file in entered:
        assert file.parent == folder / "inbox", f"{told}: {file} is outside"
        assert file.name.isprintable(), told
        assert len(os.fsencode(file.name)) <= 255, told
        assert not file.name.startswith((".", "~", "-")), told
    outcome.statuses.setdefault(upload.kind, set()).add(status)
    outcome.count += 1
    outcome.entered += len(entered)


def _settle(folder: Path, before: set[Path], upload: Upload) -> set[Path]:
    """What is new; what is cut off is cleared away a moment after the way was closed."""
    new = _list_files(folder) - before
    end_s = time.monotonic() + 5
    while len(new) > upload.enters and time.monotonic() < end_s:
        time.sleep(0.05)
        new = _list_files(folder) - before
    return new


def _list_files(folder: Path) -> set[Path]:
    """All files but those of the databases, which come and go."""
    return {path for path in folder.rglob("*") if path.is_file() and ".db" not in path.name}


def _look(host: str) -> bytes:
    return f"GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()


def _send(office: WebOffice, pieces: list[bytes], *, hang_up: bool = False) -> tuple[int, bytes]:
    """The answer to a request; 0 where the page closes the way instead."""
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", office.config.web.port), timeout=20) as way:
            try:
                for piece in pieces:
                    way.sendall(piece)
                if hang_up:
                    way.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it may have answered before it read all
            while got := way.recv(65_536):
                answer += got
    except ConnectionError:
        pass
    line = answer.split(b"\r\n", 1)[0].split()
    return (int(line[1]) if len(line) > 1 else 0), answer


def _wait_for(condition: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end_s, "the page did not come up"
        time.sleep(0.1)

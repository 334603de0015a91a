"""Requests that nobody means well by, the same for the same seed, and what must hold whatever they are.

They go to the page as bytes over a socket, so that nothing on the way mends them. Some come with the session or token
of somebody who may only read, and try more. Most are sound HTTP, so that they come further than to its parser.
"""

from __future__ import annotations

import json
import random
import socket
import string
from dataclasses import dataclass, field
from urllib.parse import quote

SECRET = "Quintessa Zebrafink"
_TIME_LIMIT_S = 20.0
_LONGEST_ANSWER = 4 << 20
_BROKEN = 0.05
_SIGNS = ("Traceback (most recent call last)", 'File "/', "sqlite3.", "OperationalError", "site-packages")
_OPEN = ("/login", "/static/", "/enter/")

PLACES = (
    "/", "/review", "/inbox", "/search", "/figures", "/people", "/log", "/me", "/login", "/logout", "/enter/x",
    "/record/1", "/record/1/page/1", "/record/1/original", "/review/1", "/people/add", "/people/disable",
    "/people/change", "/people/reset", "/people/revoke", "/inbox/upload", "/inbox/retry", "/inbox/events",
    "/api/v1/records", "/api/v1/records/1", "/api/v1/search", "/api/v1/export", "/api/v1/files", "/api/v1/files/x",
    "/api/v1/openapi.json", "/static/app.css", "/docs", "/metrics", "/.git/config", "/admin", "/server-status",
)  # fmt: skip
POISON = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\windows\\win.ini",
    "%00", "%0d%0aSet-Cookie:%20invoicewatch=x", "\r\nX-Evil: 1", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "{% raw %}",
    "' OR '1'='1", "1; DROP TABLE invoice;--", "1 UNION SELECT password FROM person", "<script>alert(1)</script>",
    "%c0%ae%c0%ae/", "%ff%fe", "é" * 40, "A" * 5000, "-1", "0", "9" * 40, "1e999", "NaN", "null", "[]", "$(id)", "`id`",
    "|id", "file:///etc/passwd", "http://169.254.169.254/", "__proto__", "constructor[prototype]", "%25%32%65",
    "\u202e",
)  # fmt: skip
FIELDS = (
    "q",
    "who",
    "record",
    "below",
    "cursor",
    "limit",
    "sort",
    "status",
    "next",
    "width",
    "turns",
    "format",
    "inbox",
)
METHODS = (
    *("GET",) * 12, *("POST",) * 8, *("PATCH",) * 4, "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get", "\x00",
)  # fmt: skip
TYPES = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
    "text/xml", "application/json; charset=utf-7", "x" * 300, "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """What an attacker has: ``cookies`` and ``tokens`` of people who may only read; ``used``: those worth nothing."""

    host: str
    cookie: str
    cookies: tuple[str, ...]
    tokens: tuple[str, ...]
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: whether it comes with a reader's key, and whether the page has all of it that it waits for."""

    content: bytes
    path: str
    is_reader: bool
    is_whole: bool


@dataclass(slots=True)
class Tally:
    """How many requests there were, and how they were answered; ``faults`` is what must not be."""

    count: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def run_storm(port: int, keys: Keys, seed: int, count: int) -> Tally:
    """Send ``count`` requests and look at each answer."""
    chance, tally = random.Random(seed), Tally()
    for number in range(count):
        sent = make_request(chance, keys)
        answer = _send(port, sent, chance)
        status = _read_status(answer)
        tally.count += 1
        tally.statuses[status] = tally.statuses.get(status, 0) + 1
        tally.faults += [f"{number}: {fault}: {sent.content[:400]!r}" for fault in _find_faults(answer, status, sent)]
    return tally


def make_request(chance: random.Random, keys: Keys) -> Sent:
    """The next one."""
    path = _make_path(chance)
    method = chance.choice(METHODS)
    headers = [("Host", keys.host if chance.random() < 0.96 else chance.choice((*POISON, "", "evil.example")))]
    is_reader = _add_key(chance, keys, headers)
    _add_headers(chance, headers)
    body = _make_body(chance)
    if body or method not in {"GET", "HEAD"}:
        headers.append(("Content-Type", chance.choice(TYPES)))
        headers.append(_say_length(chance, body))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    version = "HTTP/1.1" if chance.random() < 0.97 else chance.choice(("HTTP/9.9", "HTTP/1.0", "", "\r\n"))
    line = f"{method} {path} {version}\r\n"
    content = f"{line}{head}Connection: close\r\n\r\n".encode("utf-8", "surrogateescape") + body
    is_whole = ("Content-Length", str(len(body))) in headers or not (body or "Content-Length" in head)
    return Sent(content, path, is_reader, is_whole and "Transfer-Encoding" not in head)


def _make_path(chance: random.Random) -> str:
    path = chance.choice(PLACES)
    roll = chance.random()
    if roll < 0.25:
        parts = path.split("/")
        parts[chance.randrange(len(parts))] = _write(chance)
        path = "/".join(parts)
    elif roll < 0.3:
        path += f"/{_write(chance)}"
    elif roll < 0.34:
        path = chance.choice(("//", "http://evil.example", "/./", "/static/../", "*", "")) + path
    if chance.random() < 0.5:
        asked = [f"{chance.choice(FIELDS)}={_write(chance)}" for _ in range(chance.randint(1, 4))]
        path += f"?{'&'.join(asked)}"
    return path


def _write(chance: random.Random) -> str:
    """Something bad, as it is or as it is written in an address."""
    word = chance.choice(POISON)
    if chance.random() < 0.2:
        word = "".join(chance.choice(string.printable) for _ in range(chance.randint(1, 60)))
    return word if chance.random() < _BROKEN else quote(word, safe="%")


def _add_key(chance: random.Random, keys: Keys, headers: list[tuple[str, str]]) -> bool:
    """A cookie or a token, or what looks like one; whether it is a reader's."""
    roll = chance.random()
    if roll < 0.15:
        headers.append(("Cookie", f"{keys.cookie}={chance.choice(keys.cookies)}"))
    elif roll < 0.3:
        headers.append(("Authorization", f"Bearer {chance.choice(keys.tokens)}"))
    elif roll < 0.6:
        worthless = _write_header(chance, (*keys.used, *POISON, "iwt_" + "a" * 43))
        scheme = chance.choice(("Bearer ", "bearer", "Basic ", "Digest ", ""))
        headers.append(chance.choice((("Authorization", scheme + worthless), ("Cookie", f"{keys.cookie}={worthless}"))))
    return roll < 0.3


def _add_headers(chance: random.Random, headers: list[tuple[str, str]]) -> None:
    names = (
        "Origin", "Referer", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Accept", "Accept-Language",
        "X-CSRF-Token", "If-Match", "If-None-Match", "Range", "Sec-Fetch-Site", "X-HTTP-Method-Override",
        "Last-Event-ID", "X-Original-URL", "Cookie", "Content-Encoding", "X-Forwarded-Port", "Forwarded",
    )  # fmt: skip
    words = (*POISON, "*", "de", "text/html", "application/json", "same-origin")
    headers += [(name, _write_header(chance, words)) for name in chance.sample(names, chance.randint(0, 4))]
    if chance.random() < _BROKEN:
        broken = (
            ("Transfer-Encoding", "chunked"),
            ("Expect", "100-continue"),
            ("Upgrade", "h2c"),
            ("Host", "evil.example"),
        )
        headers.append(chance.choice(broken))


def _write_header(chance: random.Random, words: tuple[str, ...]) -> str:
    """Something bad, mostly such that a header may hold it."""
    word = chance.choice(words)
    return word if chance.random() < _BROKEN else word.replace("\r\n", "%0d%0a").encode("ascii", "replace").decode()


def _make_body(chance: random.Random) -> bytes:
    roll, word = chance.random(), chance.choice(POISON)
    if roll < 0.4:
        return b""
    if roll < 0.55:
        return json.dumps({"fields": {chance.choice(("total", "status", word)): word}, "undo": [word]}).encode()
    if roll < 0.7:
        return f"name={quote(word)}&password={quote(word)}&csrf=x.y&right=admin&next={quote(word)}".encode()
    if roll < 0.8:
        name = word.replace("\r\n", "")
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        return (
            head.encode()
            + SECRET.encode()
            + chance.randbytes(chance.randint(0, 3000))
            + chance.choice((b"\r\n--x--\r\n", b"", b"\r\n--y"))
        )
    if roll < 0.9:
        return b"[" * 5000 + b"]" * 5000
    return chance.randbytes(chance.randint(1, 2000))


def _say_length(chance: random.Random, body: bytes) -> tuple[str, str]:
    if chance.random() > _BROKEN:
        return "Content-Length", str(len(body))
    return "Content-Length", chance.choice(("-1", "0", "9" * 20, "1, 2", "x", "\u0661", str(len(body) + 5)))


def _send(port: int, sent: Sent, chance: random.Random) -> bytes | None:
    """The answer; None where none came in time. Each request comes from another address of this machine."""
    source = f"127.{chance.randint(1, 250)}.{chance.randint(1, 250)}.{chance.randint(1, 250)}"
    limit_s = _TIME_LIMIT_S if sent.is_whole else 0.5
    try:
        with socket.create_connection(("127.0.0.1", port), limit_s, source_address=(source, 0)) as connection:
            connection.sendall(sent.content)
            return _receive(connection)
    except (BrokenPipeError, ConnectionResetError):
        return b""  # it was turned away before it was heard out
    except OSError:
        return None


def _receive(connection: socket.socket) -> bytes | None:
    """What comes until the page closes; of a stream of events what comes first."""
    answer = b""
    try:
        while len(answer) < _LONGEST_ANSWER and (piece := connection.recv(1 << 16)):
            answer += piece
            if b"text/event-stream" in answer:
                return answer
    except TimeoutError:
        return answer or None
    return answer


def _read_status(answer: bytes | None) -> int:
    words = (answer or b"").split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def _find_faults(answer: bytes | None, status: int, sent: Sent) -> list[str]:
    if answer is None:
        return ["no answer"] if sent.is_whole else []
    text = answer.decode("utf-8", "replace")
    faults = [f"the answer holds {sign}" for sign in _SIGNS if sign in text]
    if status >= 500:
        faults.append(f"status {status}")
    if not sent.is_reader:
        if SECRET in text:
            faults.append("a stranger read the document")
        if 200 <= status < 300 and not sent.path.partition("?")[0].startswith(_OPEN):
            faults.append(f"a stranger was answered with {status}")
    head = text.partition("\r\n\r\n")[0].lower()
    if "\nx-evil:" in head or "\nset-cookie: invoicewatch=x" in head:
        faults.append("a header was smuggled in")
    return faults

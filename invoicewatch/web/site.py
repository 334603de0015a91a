"""What every request needs: the settings, who may come in, and how the page is called by browsers."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from invoicewatch.config import Config
from invoicewatch.config.settings import WebSettings
from invoicewatch.errors import ConfigError
from invoicewatch.web.paper.painter import Painter
from invoicewatch.web.paper.rereading import Rereader
from invoicewatch.web.people.store import PeopleStore

SECURE_COOKIE = "__Host-invoicewatch"
PLAIN_COOKIE = "invoicewatch"


@dataclass(frozen=True, slots=True)
class Site:
    """One per process; ``now_s`` is the clock (Unix seconds).

    ``hashing`` is held while a password is compared, ``exporting`` while a file is written; ``stopping`` is set when
    answers that never end have to; ``rereader`` reads documents again.
    """

    config: Config
    people: PeopleStore
    painter: Painter
    origins: tuple[str, ...]
    now_s: Callable[[], float]
    hashing: threading.Lock = field(default_factory=threading.Lock)
    exporting: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)
    rereader: Rereader = field(default_factory=Rereader)

    @property
    def state_dir(self) -> Path:
        """The folder of the database."""
        return Path(self.config.paths.state)

    @property
    def secure(self) -> bool:
        """Whether browsers come by TLS."""
        return self.origins[0].startswith("https:")

    @property
    def cookie(self) -> str:
        """The name of the only cookie. One that begins with ``__Host-`` no other host can set (RFC 6265bis, 4.1.3)."""
        return SECURE_COOKIE if self.secure else PLAIN_COOKIE

    @property
    def idle_s(self) -> float:
        """After how many seconds without use a session ends."""
        return self.config.web.session_hours * 3600.0


def list_origins(web: WebSettings) -> tuple[str, ...]:
    """How browsers may call the page, the one that links are made with first.

    Raises:
        ConfigError: It would listen to other machines without TLS, or its TLS files or origin do not fit together.
    """
    _check_tls(web)
    _check_proxy(web)
    scheme = "https" if web.tls_certificate else "http"
    if web.origin:
        return (_check_origin(web),)
    if is_loopback(web.host):
        names = [f"[{web.host}]" if ":" in web.host else web.host, "localhost"]
        return tuple(dict.fromkeys(f"{scheme}://{name}:{web.port}" for name in names))
    raise ConfigError(
        f"[web] host is {web.host}, which other machines can reach",
        remedy='Say how browsers call it, [web] origin = "https://NAME:PORT", and give it tls_certificate and tls_key;'
        " or keep host = 127.0.0.1 behind a reverse proxy.",
        code="web_open",
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0"), is_loopback("localhost")
    (True, False, True)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_tls(web: WebSettings) -> None:
    if bool(web.tls_certificate) != bool(web.tls_key):
        raise ConfigError("[web] has one of tls_certificate and tls_key", remedy="Name both, or none.", code="web_tls")
    for path in filter(None, (web.tls_certificate, web.tls_key)):
        if not Path(path).is_file():
            raise ConfigError(f"there is no file {path}", remedy="Mend [web] in the configuration.", code="web_tls")


def _check_proxy(web: WebSettings) -> None:
    """See that not everybody is believed who they say they are: guesses of passwords are counted by address."""
    for address in filter(None, map(str.strip, web.proxy.split(","))):
        try:
            believed = ipaddress.ip_network(address).prefixlen
        except ValueError:
            believed = 0
        if not believed:
            remedy = "Write the proxy's address, like 127.0.0.1."
            raise ConfigError(f"[web] proxy is {web.proxy!r}", remedy=remedy, code="web_open")


def _check_origin(web: WebSettings) -> str:
    parts = urlsplit(web.origin)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ConfigError(
            f"[web] origin is {web.origin!r}", remedy='Write "https://NAME" or "https://NAME:PORT".', code="web_origin"
        )
    loopback = is_loopback(parts.hostname)
    if parts.scheme == "http" and not loopback:
        raise ConfigError(
            f"[web] origin {web.origin!r} is not encrypted", remedy="Use https:// for other machines.", code="web_open"
        )
    if not is_loopback(web.host) and not web.tls_certificate and not web.proxy:
        remedy = "Name tls_certificate and tls_key, or the address of the reverse proxy that adds TLS."
        raise ConfigError(f"[web] host {web.host} would answer without TLS", remedy=remedy, code="web_open")
    return f"{parts.scheme}://{parts.netloc}".lower()

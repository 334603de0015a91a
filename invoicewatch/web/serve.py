"""Run the page until it is stopped."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from types import FrameType

import uvicorn

from invoicewatch.answers.transaction import prepare_database
from invoicewatch.config import Config
from invoicewatch.daemon.notify import Notifier
from invoicewatch.web.app import make_app
from invoicewatch.web.guard.silence import keep_words_out
from invoicewatch.web.paper.painter import Painter
from invoicewatch.web.people.store import open_people
from invoicewatch.web.site import Site, list_origins

_LONGEST_IDLE_S = 30
_STOP_WITHIN_S = 10


def open_site(config: Config) -> Site:
    """The site of a configuration; the database is made or brought up to date if need be.

    Raises:
        ConfigError: It would be open to others; see :func:`list_origins`.
        StoreError: The database or the file of people cannot be opened.
    """
    origins = list_origins(config.web)
    state_dir = Path(config.paths.state)
    prepare_database(state_dir)
    return Site(config, open_people(state_dir), Painter(config), origins, time.time)


def serve(site: Site) -> None:
    """Answer requests until a signal ends it; those that are being answered then are finished."""
    keep_words_out()
    web = site.config.web
    server = _Server(
        site,
        uvicorn.Config(
            make_app(site),
            host=web.host,
            port=web.port,
            ssl_certfile=web.tls_certificate or None,
            ssl_keyfile=web.tls_key or None,
            proxy_headers=bool(web.proxy),
            forwarded_allow_ips=web.proxy,
            server_header=False,
            date_header=True,
            access_log=False,
            log_config=None,
            timeout_keep_alive=_LONGEST_IDLE_S,
            timeout_graceful_shutdown=_STOP_WITHIN_S,
            limit_concurrency=200,
            h11_max_incomplete_event_size=16_384,
        ),
    )
    try:
        server.run()
    finally:
        site.rereader.close()
        site.painter.close()


class _Server(uvicorn.Server):
    """Tells the service manager when it listens, and streams of events when it stops: they would hold it up."""

    def __init__(self, site: Site, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._site = site
        self._notifier = Notifier(os.environ)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        if self.started:
            self._notifier.status(f"at {self._site.origins[0]}")
            self._notifier.ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, at a signal."""
        self._notifier.stopping()
        self._site.stopping.set()
        super().handle_exit(sig, frame)

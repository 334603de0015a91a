"""A page over a few records, for tests: asked directly, or served to a browser."""

from __future__ import annotations

import hashlib
import re
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import uvicorn
from starlette.testclient import TestClient

from invoicewatch.config import Config
from invoicewatch.config.settings import IntakeSettings, PathSettings, WebSettings
from invoicewatch.records import Alternative, Asked, Box, Field, Invoice, PageSize, Source, Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.web.app import make_app
from invoicewatch.web.paper.painter import Painter
from invoicewatch.web.people.accounts import add_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.sessions import begin_session
from invoicewatch.web.people.store import open_people
from invoicewatch.web.site import Site, list_origins

ARRIVED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
PAGE = PageSize(1240, 1754, 150)
VALUES = {
    "seller_name": "Acme Ltd",
    "invoice_number": "INV-1",
    "issue_date": date(2024, 3, 5),
    "currency": "EUR",
    "total": Decimal("12.50"),
}


class WebOffice:
    """A folder with records, a site over it, and people to look at it. Its clock, ``now``, stands until it is moved."""

    def __init__(self, folder: Path, port: int = 8484, *, intake=None, **web) -> None:
        self.folder = folder
        for name in ("inbox", "archive"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        paths = {name: str(folder / name) for name in ("archive", "set_aside", "duplicates", "state")}
        settings = PathSettings(inboxes=(str(folder / "inbox"),), **paths)
        taking = IntakeSettings(**{"min_free_mb": 0} | (intake or {}))
        self.config = msgspec.structs.replace(
            Config(), paths=settings, intake=taking, web=WebSettings(port=port, **web)
        )
        self.state = folder / "state"
        open_database(self.state).close()
        self.now = 1_790_000_000.0
        people, painter = open_people(self.state), Painter(self.config)
        self.site = Site(self.config, people, painter, list_origins(self.config.web), lambda: self.now)

    def save(self, name="scan.png", *, status=Status.NEEDS_REVIEW, content=None, record=None, **values) -> int:
        """A record of a picture of one page whose fields stand below each other; its number. None leaves one out.

        ``record`` says what else of the record is otherwise.
        """
        original = self.folder / "archive" / name
        original.write_bytes(draw_scan(name) if content is None else content)
        fields = {
            field: None if value is None else make_field(field, value, row)
            for row, (field, value) in enumerate((VALUES | values).items())
        }
        asked = (Asked("total", "two readings are possible"), Asked("issue_date", "day or month?"))
        invoice = Invoice(
            path=str(self.folder / "inbox" / name),
            sha256=hashlib.sha256(original.read_bytes()).hexdigest(),
            media_type="image/png",
            status=status,
            page_sizes=(PAGE,),
            engine="tesseract 5.3.0 eng",
            raw_text="Acme Ltd\nTotal 12.50",
            fields=fields,
            reasons=("the total is not proved",) if status is Status.NEEDS_REVIEW else (),
            asked=asked if status is Status.NEEDS_REVIEW else (),
        )
        invoice = replace(invoice, **(record or {}))
        database = open_database(self.state)
        try:
            with database.begin() as session:
                return save_invoice(session, invoice, arrived=ARRIVED, stored_path=str(original))
        finally:
            database.close()

    def log_in(self, right=Right.ADMIN, name=None) -> str:
        """The secret of a new session of somebody who may do that."""
        people = self.site.people
        person = add_person(people, name or f"{right} {time.monotonic_ns()}", Right(right), self.now)
        return begin_session(people, person, self.now)

    def visit(self, right: Right | None = Right.ADMIN, name=None) -> Visit:
        """A browser without scripts; nobody is in if ``right`` is None."""
        client = TestClient(make_app(self.site), base_url=self.site.origins[0], follow_redirects=False)
        if right is not None:
            client.cookies.set(self.site.cookie, self.log_in(right, name))
        return Visit(client)

    def close(self) -> None:
        """End the processes that draw."""
        self.site.rereader.close()
        self.site.painter.close()


class Visit:
    """Requests as a browser makes them, changes signed."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path, **headers):
        return self.client.get(path, headers=headers)

    def post(self, path, *, signed=True, origin=None, headers=None, **more):
        """A change from a page of the site; ``origin`` says otherwise."""
        sent = {"origin": str(self.client.base_url) if origin is None else origin} | (headers or {})
        if signed:
            sent["x-csrf-token"] = self.signature()
        return self.client.post(path, headers=sent, **more)

    def signature(self) -> str:
        """What a page that this session is shown signs its forms with."""
        found = re.search(r'<meta name="csrf" content="([^"]+)">', self.client.get("/no-such-page").text)
        assert found, "the page has no signature"
        return found[1]


class Server:
    """A site that listens on this machine until it is closed."""

    def __init__(self, site: Site) -> None:
        settings = uvicorn.Config(make_app(site), port=site.config.web.port, log_config=None, access_log=False)
        self._site = site
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the server could not listen"
            time.sleep(0.01)

    def close(self) -> None:
        self._site.stopping.set()
        self._server.should_exit = True
        self._thread.join(20)


def find_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def make_field(name, value, row=0) -> Field:
    """A field that was read in a row of the page, with another reading."""
    box = Box(0.1, 0.1 + 0.05 * row, 0.4, 0.13 + 0.05 * row)
    others = (Alternative(Decimal("72.50"), 0.3, 1, box, "72.50"),) if name == "total" else ()
    return Field(name, value, 0.7, False, 1, box, Source.OCR, "label beside it", str(value), others)


def draw_scan(name: str) -> bytes:
    """A picture of a page, another one for each name."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    page = Image.new("L", (PAGE.width_px, PAGE.height_px), "white")
    draw = ImageDraw.Draw(page)
    for row, value in enumerate([*VALUES.values(), name]):
        draw.text((130, 185 + 88 * row), str(value), "black", font_size=36)
    encoded = BytesIO()
    page.save(encoded, "PNG")
    return encoded.getvalue()

"""Put the page together."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from invoicewatch import __version__
from invoicewatch.web.guard.edge import Edge
from invoicewatch.web.guard.refusals import handle_refusals
from invoicewatch.web.pages import home, login, me, pictures
from invoicewatch.web.pages.inbox import events, listing
from invoicewatch.web.pages.record import changing, files, forgetting
from invoicewatch.web.pages.record import looking as record
from invoicewatch.web.pages.review import answering, looking
from invoicewatch.web.pages.shown import STATIC, Pages, show_refusal
from invoicewatch.web.site import Site

UPLOAD_PATHS = frozenset({"/inbox/upload", "/api/v1/files"})


def make_app(site: Site) -> Edge:
    """The app for a site; nothing is started."""
    app = FastAPI(
        title="invoicewatch", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json"
    )
    app.state.site = site
    app.state.pages = Pages()
    for module in (home, login, pictures, looking, answering, listing, events, me, record, changing, forgetting, files):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    handle_refusals(app, show_refusal)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    return Edge(app, site.origins, UPLOAD_PATHS)

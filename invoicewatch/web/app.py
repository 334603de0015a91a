"""Put the page together."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from invoicewatch import __version__
from invoicewatch.web.guard.edge import Edge
from invoicewatch.web.guard.refusals import handle_refusals
from invoicewatch.web.pages.shown import STATIC, Pages, show_refusal
from invoicewatch.web.routes import API, PAGES
from invoicewatch.web.site import Site

UPLOAD_PATHS = frozenset({"/inbox/upload", "/api/v1/files"})


def make_app(site: Site) -> Edge:
    """The app for a site; nothing is started."""
    app = FastAPI(title="invoicewatch", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site
    app.state.pages = Pages()
    for router in (*PAGES, *API):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    handle_refusals(app, show_refusal)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    return Edge(app, site.origins, UPLOAD_PATHS)

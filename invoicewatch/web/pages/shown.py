"""What every page is made with: its template in the reader's language, and who is looking at it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache, partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from invoicewatch import __version__
from invoicewatch.web.guard.visitor import Visitor, find_visitor
from invoicewatch.web.words.catalogue import choose_locale, load_catalogues
from invoicewatch.web.words.formats import Formats

_ROOT = Path(__file__).parents[1]
TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"


class Pages:
    """Makes pages of templates; one per app."""

    def __init__(self) -> None:
        catalogues = load_catalogues()
        self.languages = list(catalogues)
        self._environments: dict[str, Environment] = {}
        for language, catalogue in catalogues.items():
            environment = Environment(
                loader=FileSystemLoader(TEMPLATES),
                autoescape=True,
                undefined=StrictUndefined,
                extensions=["jinja2.ext.i18n"],
                trim_blocks=True,
                lstrip_blocks=True,
            )
            environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # by the extension
            environment.globals["static"] = _name_static
            environment.globals["say"] = partial(_say, catalogue)
            self._environments[language] = environment

    def show(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        visitor: Visitor | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """A page. Templates see ``values``, ``visitor``, ``csrf``, ``lang``, ``formats``, ``path`` and ``version``."""
        locale = self.find_locale(request, visitor)
        environment = self._environments[locale.language]
        text = environment.get_template(template).render(
            visitor=visitor,
            csrf=visitor.sign_form() if visitor else "",
            lang=locale.language,
            formats=Formats(locale),
            path=request.url.path,
            version=__version__,
            **values,
        )
        return HTMLResponse(text, status)

    def find_locale(self, request: Request, visitor: Visitor | None) -> Locale:
        """Which language and country the reader wants."""
        wanted = visitor.person.language if visitor else ""
        accepted = request.headers.get("accept-language", "")
        return choose_locale(wanted if wanted in self.languages else "", accepted, self.languages)


def get_pages(request: Request) -> Pages:
    """The maker of pages that the app has."""
    pages: Pages = request.app.state.pages
    return pages


def show_refusal(request: Request, status: int, message: str, remedy: str) -> HTMLResponse:
    """The page of an error."""
    visitor = find_visitor(request)
    return get_pages(request).show(
        request, "refusal.html", {"status": status, "message": message, "remedy": remedy}, visitor, status
    )


def _say(catalogue: NullTranslations, text: str) -> str:
    """A text that is not written in the template, in the reader's language.

    Never by ``_()``: what that is given counts as safe, and as a pattern for values, whatever it quotes.
    """
    return catalogue.gettext(text) if text else ""


@lru_cache(maxsize=256)
def _name_static(name: str) -> str:
    """The address of a static file, which changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{quote(name)}?v={digest}"

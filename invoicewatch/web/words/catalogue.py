"""The texts of the page by language: written in English in code and templates, translated in ``LANGUAGE.po``.

Sources of translation are read when the page starts, so that no compiled file can be older than they are.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_FOLDER = Path(__file__).parent
ENGLISH = "en"


def load_catalogues() -> Mapping[str, gettext.NullTranslations]:
    """Translations by language; English translates nothing."""
    catalogues: dict[str, gettext.NullTranslations] = {ENGLISH: gettext.NullTranslations()}
    for path in sorted(_FOLDER.glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=path.stem))
        compiled.seek(0)
        catalogues[path.stem] = gettext.GNUTranslations(compiled)
    return catalogues


def choose_locale(wanted: str, accepted: str, languages: list[str]) -> Locale:
    """The reader's locale: the language they chose, else what their browser accepts, else English as written in Europe.

    Args:
        wanted: A language of the page, or nothing.
        accepted: The header ``Accept-Language`` (RFC 9110, 12.5.4).
        languages: Those of the page.
    """
    asked = [part.partition(";")[0].strip() for part in accepted.split(",")][:20]
    if not wanted:
        tags = [tag for tag in asked if tag]
        wanted = next((found for tag in tags if (found := negotiate_locale([tag], languages, sep="-"))), ENGLISH)
    # de-AT reads German words and writes dates as in Austria
    for tag in (tag for tag in asked if tag.partition("-")[0].lower() == wanted):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB" if wanted == ENGLISH else wanted)

"""The currency of a page that names none: its country's, or the one of those who write so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.page.labels import find_labels, load_labels
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.place.countries import load_countries
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import CurrencyWeights
from invoicewatch.records import ExtractContext, Field, Source, join_text

_CLEAR_SHARE = 0.8  # of the points of all countries
_FEW = 2  # one label may be a word of another language
_SCRIPT_SHARE = 0.4  # of all letters: engines read some foreign letters on any page
# Letters that hardly more than one country writes.
_SCRIPTS = (
    (re.compile(r"[\uac00-\ud7af]"), "KRW"),
    (re.compile(r"[\u3040-\u30ff]"), "JPY"),
    (re.compile(r"[\u0e00-\u0e7f]"), "THB"),
    (re.compile(r"[\u0590-\u05ff]"), "ILS"),
    (re.compile(r"[\u4e00-\u9fff]"), "CNY"),
)


def add_by_currency(countries: Mapping[str, float]) -> dict[str, float]:
    """The points of the countries that pay in each currency, most first; each sign of neighbours counts once."""
    points: dict[str, float] = {}
    for country, each in countries.items():
        code = load_countries()[country].currency
        points[code] = max(points.get(code, 0.0), each)
    return dict(sorted(points.items(), key=lambda each: -each[1]))


def guess_by_country(countries: Mapping[str, float], local: Mapping[str, float]) -> Field | None:
    """The currency of the country that the document shows, where it names none."""
    if not local:
        return None
    code = next(iter(local))
    country = next(key for key in countries if load_countries()[key].currency == code)
    scale = load_weights(CurrencyWeights).scale
    alone = local[code] >= _CLEAR_SHARE * sum(local.values())
    return Field(
        "currency",
        code,
        scale.one_country if alone else scale.several_countries,
        verified=False,
        page=None,
        box=None,
        source=Source.OCR,
        method=f"the currency of {country}",
        text="",
    )


def guess_by_script(context: ExtractContext, pages: Sequence[PageView]) -> Field | None:
    """The currency of the one country that writes so, where nothing else tells: by its letters or its labels."""
    text = join_text(context.readings)
    fewest = _SCRIPT_SHARE * sum(char.isalpha() for char in text) + 1
    script = next((code for letters, code in _SCRIPTS if len(letters.findall(text)) >= fewest), "")
    if not script:
        table = load_labels("amounts", "dates", "identifiers")
        spoken = Counter(label.language for page in pages for label in find_labels(page, table) if label.score == 1.0)
        language, count = next(iter(spoken.most_common(1)), ("", 0))
        script = _paid_in(language) if count >= _FEW and 2 * count > spoken.total() else ""
    if not script:
        return None
    confidence = load_weights(CurrencyWeights).scale.several_countries
    return Field(
        "currency", script, confidence, False, None, None, Source.OCR, "the currency where this language is spoken", ""
    )


def _paid_in(code: str) -> str:
    return next((language.currency for language in load_languages() if language.code == code), "")

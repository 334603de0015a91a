"""The question who the seller is: its candidates, what the trees may make of them, and the families of features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from benchmarks.learn.boosting import Recipe
from benchmarks.learn.documents import GENERATED, Labelled
from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import view_page, view_pages
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.page.sections import find_sections
from invoicewatch.extract.parties.extractor import name_alone
from invoicewatch.extract.parties.ranking.choice import describe_page
from invoicewatch.records import ExtractContext, Line, Reading

FIELD = "seller_name"
_MIN_NAME_CHARS = 3
# Sources nearly all of whose sellers have a legal form: trees would learn that nothing else is a name.
_FORMAL_SOURCES = frozenset({"sroie", "einvoice"})

# What can only speak for a name, and what only against it, whatever the sources at hand happen to say.
_FOR = (
    "points", "most_points", "plain_line", "proved", "headed", "host_likeness", "host_of_likest", "brand", "form",
    "registered_below",
)  # fmt: skip
_AGAINST = (
    "points_behind", "headed_buyer", "in_buyer", "in_other", "window_buyer", "under_seller", "person_before",
    "person_above", "address_like", "street", "postcode", "phone", "label_words", "sentence",
)  # fmt: skip

RECIPE = Recipe(
    trees=150,
    leaves=8,
    ridge=2.0,
    least_examples=10,
    shares={GENERATED: 5.0},  # as much as all others together
    monotone={**dict.fromkeys(_FOR, 1), **dict.fromkeys(_AGAINST, -1)},
)

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "rules": ("points", "most_points", "plain_line", "inside_line"),
    "brands": ("brand",),
    "web host": ("host", "has_hosts", "cut_host"),
    "legal forms": ("form", "first_form", "last_form", "line_form"),
    "type and place": ("size", "row", "height_on_page", "left", "off_centre", "width", "before_amounts"),
    "neighbours": ("address_", "street_", "postcode_near", "state_near", "phone_near", "registered_", "name_"),
    "headings": ("headed", "others_headed", "in_", "under_", "window"),
    "words": ("small_words", "trade_words", "place_words", "common_words", "sentence", "titled_words", "capitals"),
}
"""The beginnings of the names of features that belong together."""


def describe_sellers(document: Labelled, context: ExtractContext) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Every name that may be the seller's on the first page, as the program would give it, with its features."""
    del document
    page = view_page(min(context.readings, key=lambda reading: reading.page))
    if page.rows:
        described = describe_page(page, find_sections(page))
        pages = view_pages(context.readings)
        for candidate, features in zip(described.candidates, described.features, strict=True):
            yield name_alone(candidate.text, pages), features


def take_forms_away(document: Labelled) -> Iterator[Labelled]:
    """The document as if no company on it had a legal form, where too many have one; it teaches that a name may not."""
    truth = document.fields.get(FIELD) or ""
    form = find_legal_form(truth)
    bare = truth[: form.start()].strip(" ,") if form else ""
    if document.source not in _FORMAL_SOURCES or form is None or form.end() < len(truth) - 1:
        return
    if len(fold(bare)) >= _MIN_NAME_CHARS:
        readings = tuple(replace(reading, lines=tuple(_strip_lines(reading))) for reading in document.readings)
        yield replace(document, readings=readings, fields={**document.fields, FIELD: bare}, also={})


def _strip_lines(reading: Reading) -> Iterator[Line]:
    for line in reading.lines:
        words = tuple(word for word in line.words if fold(word.text) not in _load_form_words())
        if words:
            yield Line(words)


@cache
def _load_form_words() -> frozenset[str]:
    """The words that legal forms are made of, ``&`` and its like aside."""
    forms = (form for role in ("written", "capitals", "nearly") for form in list_words("legal_forms", role))
    return frozenset(folded for form in forms for word in form.split() if len(folded := fold(word)) > 1)

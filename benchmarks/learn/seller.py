"""The question who the seller is: examples from documents, the recipe of its trees, the families of its features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmarks.learn.boosting import Example, Recipe
from benchmarks.learn.documents import Labelled
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.page.legal_forms import find_legal_form
from invoicewatch.extract.page.sections import find_sections
from invoicewatch.extract.parties.choice import describe_page
from invoicewatch.records import Line, Reading

FIELD = "seller_name"
# No document of the sources has a memory: trees cannot learn what it is worth.
_UNUSED = frozenset({"known_seller"})
_FORM_WORDS = frozenset(
    map(
        fold,
        [
            "sdn",
            "bhd",
            "ltd",
            "limited",
            "gmbh",
            "ag",
            "kg",
            "co",
            "inc",
            "llc",
            "sarl",
            "sa",
            "sas",
            "pte",
            "plc",
            "berhad",
            "son",
        ],
    )
)
_MIN_NAME_CHARS = 3
_FIRST, _OTHERS = 15, 15

RECIPE = Recipe(trees=100, leaves=6, ridge=5.0, least_examples=20)
# Drawn layouts are the most varied of all sources.
SHARES = {"free": 3.0}

FAMILIES = {
    "rules": ("points", "most_points", "plain_line", "inside_line"),
    "brands": ("brand",),
    "web host": ("host", "has_hosts", "cut_host"),
    "legal forms": ("form", "first_form", "last_form", "line_form"),
    "type and place": ("size", "row", "height_on_page", "left", "off_centre", "width", "before_amounts"),
    "neighbours": (
        "address_",
        "street_",
        "postcode_near",
        "state_near",
        "phone_near",
        "registered_",
        "name_",
        "trade_below",
    ),
    "headings": ("headed", "others_headed", "in_", "under_", "window"),
    "the whole line": ("line_", "number_follows", "colon_follows"),
    "words": ("small_words", "trade_words", "place_words", "common_words", "sentence", "titled_words", "capitals"),
    "labels": ("label", "letter_words", "column_words"),
    "lines joined": ("first_", "last_", "parts_", "goes_on", "is_rest", "lines"),
    "repeated": ("repeated", "words_repeated"),
}


def make_examples(documents: Iterable[Labelled]) -> Iterator[Example]:
    """The candidates of each document that names a seller, and of the same document without legal forms.

    The second kind teaches that a name may have none; it is marked by ``#plain`` in the document's name.
    """
    for document in documents:
        if not document.fields.get(FIELD):
            continue
        yield from _describe(document)
        plain = take_forms_away(document)
        if plain is not None:
            yield from _describe(plain)


def _describe(document: Labelled) -> Iterator[Example]:
    page = view_page(min(document.readings, key=lambda reading: reading.page))
    if not page.rows:
        return
    described = describe_page(page, find_sections(page))
    for candidate, marks in zip(described.candidates, described.features, strict=True):
        used = {name: amount for name, amount in marks.items() if name not in _UNUSED}
        yield Example(document.source, document.name, used, document.is_right(FIELD, candidate.text))


def take_forms_away(document: Labelled) -> Labelled | None:
    """The document as if no company on it had a legal form; None where the seller has none."""
    truth = document.fields[FIELD] or ""
    form = find_legal_form(truth)
    bare = truth[: form.start()].strip(" ,") if form else ""
    if form is None or form.end() < len(truth) - 1 or len(fold(bare)) < _MIN_NAME_CHARS:
        return None
    readings = tuple(replace(reading, lines=tuple(_strip_lines(reading))) for reading in document.readings)
    name = f"{document.name}#plain"
    return replace(document, name=name, readings=readings, fields={**document.fields, FIELD: bare}, also={})


def _strip_lines(reading: Reading) -> Iterator[Line]:
    for line in reading.lines:
        words = tuple(word for word in line.words if fold(word.text) not in _FORM_WORDS)
        if words:
            yield Line(words)


def thin_out(examples: Iterable[Example]) -> list[Example]:
    """Of each document the answers, the first wrong candidates and some of the others: trees grow faster on these."""
    by_document: dict[str, list[Example]] = {}
    for example in examples:
        by_document.setdefault(example.document, []).append(example)
    kept = []
    for all_ in by_document.values():
        wrong = sorted((each for each in all_ if not each.right), key=lambda each: each.features["row"])
        others = wrong[_FIRST:]
        step = max(len(others) // _OTHERS, 1)
        kept += [each for each in all_ if each.right] + wrong[:_FIRST] + others[::step]
    return kept

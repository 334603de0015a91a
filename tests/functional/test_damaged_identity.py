"""Invented documents, whole and misread: who sells, who buys and what the numbers are."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.records import Candidate, ExtractContext, Line, Memory, Source
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.layouts.catalogue import choose_layout
from invoicewatch.samples.reading import damage_reading, render_reading
from invoicewatch.samples.truth import list_fields

NAMES = ("document_type", "invoice_number", "seller_name", "buyer_name", "seller_vat_id", "iban")
RATES = (0.02, 0.05, 0.1, 0.2)
WHOLE_CASES, DAMAGED_CASES, CHUNK = 120, 400, 100
SAME_PLACE = 0.004


@pytest.fixture(scope="module")
def extractors():
    return load_extractors(
        ExtractSettings(extractors=("currency", "total", "dates", "identifiers", "parties", "document_type"))
    )


def render(seed):
    spec = make_spec(seed)
    pages = render_reading(spec, choose_layout(spec))
    return pages, list_fields(spec, pages)


def fold(text):
    return "".join(char for char in text.casefold() if char.isalnum())


def read_by_two(page, rng, rate):
    """The page misread, with what a better engine read at the place of each word."""
    first, second = damage_reading(page, rng, rate), damage_reading(page, rng, rate / 4)
    places = [(word.box.middle, Candidate(word.text, word.confidence, "second")) for word in second.words]

    def look(word):
        x, y = word.box.middle
        others = [other for (x2, y2), other in places if abs(x2 - x) + abs(y2 - y) < SAME_PLACE]
        return replace(word, others=tuple(others))

    return replace(first, lines=tuple(Line(tuple(map(look, line.words))) for line in first.lines))


def find(pages, extractors):
    return find_fields(ExtractContext(tuple(pages), {}, Memory(), date(2026, 3, 1)), extractors)


def test_nearly_every_field_of_a_text_layer_is_found(extractors):
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for seed in range(WHOLE_CASES):
        pages, truth = render(seed)
        fields = find([replace(page, source=Source.TEXT_LAYER) for page in pages], extractors)
        for name in NAMES:
            if truth[name] is not None:
                asked[name] += 1
                right[name] += fields[name] is not None and fold(str(fields[name].value)) == fold(truth[name])
    missed = {name: f"{right[name]} of {asked[name]}" for name in NAMES if right[name] < 0.97 * asked[name]}
    assert {} == missed


@pytest.mark.parametrize("first", range(0, DAMAGED_CASES, CHUNK))
def test_no_verified_name_or_number_of_a_misread_document_is_wrong(first, extractors):
    wrong, verified = [], 0
    for seed in range(first, first + CHUNK):
        pages, truth = render(seed)
        rng = Random(seed)
        fields = find([read_by_two(page, rng, RATES[seed % len(RATES)]) for page in pages], extractors)
        for name in NAMES:
            field = fields[name]
            ambiguous = name == "document_type" and truth[name] is None
            if field is not None and field.verified and not ambiguous:
                verified += 1
                if truth[name] is None or fold(str(field.value)) != fold(truth[name]):
                    wrong.append(f"seed {seed}: {name} {field.value}, truth {truth[name]} ({field.method})")
    assert [] == wrong
    assert verified > CHUNK  # the proofs are not merely too strict to fail

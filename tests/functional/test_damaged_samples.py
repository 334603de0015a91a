"""Two thousand invented documents, misread: what is said to be verified is right, however bad the text."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.records import Candidate, ExtractContext, Line, Memory, Reading, format_value
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.layouts.catalogue import choose_layout
from invoicewatch.samples.reading import damage_reading, render_reading
from invoicewatch.samples.truth import list_fields

CASES = 2000
CHUNK = 250
RATES = (0.02, 0.05, 0.1, 0.2)
TODAY = date(2026, 3, 1)
NAMES = ("total", "net_total", "tax_total", "amount_due", "issue_date", "due_date", "currency")
# Both engines look at one word if its middle lies within this part of the page.
SAME_PLACE = 0.004


def second_opinion(reading, other):
    """``reading`` with what another engine read at the places of its words."""

    def look(word):
        x, y = word.box.middle
        seen = [w for w in other.words if abs(w.box.middle[0] - x) + abs(w.box.middle[1] - y) < SAME_PLACE]
        return replace(word, others=tuple(Candidate(w.text, w.confidence, "second") for w in seen))

    lines = tuple(Line(tuple(look(word) for word in line.words)) for line in reading.lines)
    return Reading(reading.page, lines, reading.engine, reading.source)


def make_case(seed):
    """A document's true fields and its damaged readings; every other one has a second engine's opinion."""
    spec = make_spec(seed)
    clean = render_reading(spec, choose_layout(spec))
    rng, rate = Random(seed), RATES[seed % len(RATES)]
    readings = tuple(damage_reading(page, rng, rate) for page in clean)
    if seed // len(RATES) % 2:
        # Two engines rarely make the same mistake: the second reads the page better than the first.
        seconds = [damage_reading(page, rng, rate / 4) for page in clean]
        readings = tuple(second_opinion(page, second) for page, second in zip(readings, seconds, strict=True))
    truth = list_fields(spec, clean)
    if truth["total"]:  # sums over several rates stand nowhere on the page, and are true all the same
        truth |= {"net_total": format_value(spec.stated.net_total), "tax_total": format_value(spec.stated.tax_total)}
    return truth, readings


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_no_verified_field_of_a_damaged_document_is_wrong(first):
    extractors = load_extractors(ExtractSettings(extractors=("currency", "total", "dates")))
    wrong, verified = [], 0
    for seed in range(first, first + CHUNK):
        truth, readings = make_case(seed)
        fields = find_fields(ExtractContext(readings, {}, Memory(), TODAY), extractors)
        for name in NAMES:
            field = fields[name]
            if field is not None and field.verified:
                verified += 1
                if format_value(field.value) != truth[name]:
                    wrong.append(f"seed {seed}: {name} {field.value}, truth {truth[name]} ({field.method})")
    assert [] == wrong
    assert verified > CHUNK  # the proofs are not merely too strict to fail

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.records import FIELD_NAMES
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.reading import damage_reading, render_reading
from invoicewatch.samples.truth import list_fields, list_words

seeds = st.integers(0, 10**6)


def read(seed, kind=None):
    spec = make_spec(seed, kind)
    return spec, render_reading(spec, choose_layout(spec))


@settings(deadline=None)
@given(seeds)
def test_all_words_lie_on_the_page_left_to_right(seed):
    _, readings = read(seed)
    for reading in readings:
        for line in reading.lines:
            lefts = [word.box.x0 for word in line.words]
            assert lefts == sorted(lefts)
            for word in line.words:
                assert 0 <= word.box.x0 < word.box.x1 <= 1
                assert 0 <= word.box.y0 < word.box.y1 <= 1
                assert not any(sign.isspace() for sign in word.text)


@settings(deadline=None)
@given(seeds)
def test_no_two_words_are_printed_over_each_other(seed):
    _, readings = read(seed)
    for reading in readings:
        for line in reading.lines:
            for left, right in zip(line.words, line.words[1:], strict=False):
                assert left.box.x1 <= right.box.x0 + 0.004, (left, right)


@settings(deadline=None)
@given(seeds, st.sampled_from([Kind.INVOICE, Kind.CREDIT_NOTE, Kind.RECEIPT]))
def test_what_the_truth_says_stands_on_the_pages(seed, kind):
    spec, readings = read(seed, kind)
    text = "".join(word for word in list_words(readings))
    assert "".join(spec.money.write_bare(abs(spec.total)).split()) in text
    assert spec.number in text
    assert "".join(spec.seller.name.split()) in text


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_draws_every_kind_it_claims(name):
    for kind in LAYOUTS[name].kinds:
        assert render_reading(make_spec(3, kind), name)


def test_long_invoices_run_over_several_pages():
    pages = {len(read(seed, Kind.INVOICE)[1]) for seed in range(60)}
    assert {1, 2} <= pages


def test_truth_has_every_field_and_nothing_else():
    spec, readings = read(1)
    assert tuple(list_fields(spec, readings)) == FIELD_NAMES


def test_a_letter_has_no_total():
    spec, readings = read(5, Kind.OTHER)
    fields = list_fields(spec, readings)
    assert fields["document_type"] == "other"
    assert {fields[name] for name in ("total", "net_total", "tax_total", "amount_due", "currency")} == {None}


def test_damage_at_rate_zero_changes_nothing():
    _, (reading, *_) = read(2)
    assert damage_reading(reading, Random(1), 0.0) == reading


@settings(deadline=None)
@given(seeds)
def test_damage_is_the_same_for_the_same_seed(seed):
    _, (reading, *_) = read(seed)
    assert damage_reading(reading, Random(seed), 0.2) == damage_reading(reading, Random(seed), 0.2)


@settings(deadline=None)
@given(seeds)
def test_damaged_words_stay_words_in_true_places(seed):
    _, (reading, *_) = read(seed)
    for line in damage_reading(reading, Random(seed), 0.5).lines:
        assert line.words
        for word in line.words:
            assert word.text
            assert not any(sign.isspace() for sign in word.text)
            assert 0 <= word.confidence <= 100


def test_damage_misreads_about_as_many_words_as_asked():
    _, (reading, *_) = read(6, Kind.INVOICE)
    before = len(reading.words)
    kept = 0
    for seed in range(20):
        after = {(word.text, word.box) for word in damage_reading(reading, Random(seed), 0.2).words}
        kept += sum((word.text, word.box) in after for word in reading.words)
    assert 0.7 < kept / (20 * before) < 0.92

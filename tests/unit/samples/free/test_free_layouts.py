"""Three hundred layouts by chance: what may never happen on one of them, and that they do differ."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from invoicewatch.samples.files.sheet import Text
from invoicewatch.samples.free.sample import make_free_sample
from invoicewatch.samples.reading import read_sheets

COUNT = 300
EDGE = 3.0  # points that no word may come nearer to the paper's edge


@pytest.fixture(scope="module")
def samples():
    return [make_free_sample(seed) for seed in range(COUNT)]


@pytest.fixture(scope="module")
def boxes(samples):
    """Seed, page size, words and their ink boxes in points, for every page."""
    pages = []
    for sample in samples:
        for reading, sheet in zip(read_sheets(sample.sheets), sample.sheets, strict=True):
            scale = (sheet.width, sheet.height, sheet.width, sheet.height)
            ink = np.array([word.box for word in reading.words]) * np.array(scale)
            pages.append((sample.bill.spec.seed, scale, reading.words, ink))
    return pages


def test_no_word_is_printed_over_another(boxes):
    found = []
    for seed, _, words, ink in boxes:
        wide = np.minimum(ink[:, None, 2], ink[None, :, 2]) - np.maximum(ink[:, None, 0], ink[None, :, 0])
        high = np.minimum(ink[:, None, 3], ink[None, :, 3]) - np.maximum(ink[:, None, 1], ink[None, :, 1])
        pairs = np.argwhere(np.triu((wide > 0.3) & (high > 0.3), 1))
        found += [(seed, words[a].text, words[b].text) for a, b in pairs]
    assert found == []


def test_no_word_leaves_the_page(boxes):
    found = []
    for seed, (width, height, *_), words, ink in boxes:
        out = (ink[:, :2].min(axis=1) < EDGE) | (ink[:, 2] > width - EDGE) | (ink[:, 3] > height - EDGE)
        found += [(seed, words[at].text) for at in np.flatnonzero(out)]
    assert found == []


def test_no_piece_stands_over_another(samples):
    found = [
        (sample.bill.spec.seed, a.name, b.name)
        for sample in samples
        for page in sample.parts
        for a, b in combinations(page, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
    ]
    assert found == []


def test_what_the_truth_says_is_printed(samples):
    """Every true value stands on the pages as the sample says that it was printed."""
    missing = []
    for sample in samples:
        text = "".join(
            "".join(mark.text.split()) for sheet in sample.sheets for mark in sheet.marks if isinstance(mark, Text)
        )
        for name, value in sample.fields.items():
            if value is not None and name != "document_type" and "".join(sample.printed[name].split()) not in text:
                missing.append((sample.bill.spec.seed, name, sample.printed[name]))
    assert missing == []


def test_what_is_printed_is_the_true_value(samples):
    """Names letter by letter, numbers digit by digit, dates by their year and day; a round amount may lack cents."""
    wrong = []
    for sample in samples:
        for name, value in sample.fields.items():
            if value is None or name in {"document_type", "currency"}:
                continue
            printed = sample.printed[name]
            if name in {"net_total", "tax_total", "total", "amount_due"}:
                digits = "".join(sign for sign in value if sign.isdigit())
                right = "".join(sign for sign in printed if sign.isdigit()) in {digits, digits.removesuffix("00")}
            elif name.endswith("_date"):
                year, _, day = value.split("-")
                right = year[2:] in printed and str(int(day)) in printed
            elif name in {"iban", "seller_vat_id"}:
                right = "".join(sign for sign in printed if sign.isalnum()).startswith(value)
            else:
                right = printed == value
            if not right:
                wrong.append((sample.bill.spec.seed, name, printed, value))
    assert wrong == []


def test_net_and_tax_make_the_total_where_nothing_is_rounded(samples):
    for sample in samples:
        spec = sample.bill.spec
        assert spec.net_total + spec.tax_total + spec.rounding == spec.total
        assert spec.total != 0


def test_every_layout_shows_what_no_paper_lacks(samples):
    for sample in samples:
        assert None not in {sample.fields[name] for name in ("seller_name", "issue_date", "total")}
        assert sample.bill.at_till or sample.fields["invoice_number"]


def test_hardly_two_layouts_have_the_same_skeleton(samples):
    (_, often), *_ = Counter(sample.skeleton for sample in samples).most_common(1)
    assert often <= 3
    assert len({sample.skeleton for sample in samples}) > 0.95 * COUNT


def test_all_languages_kinds_and_many_markets_are_met(samples):
    specs = [sample.bill.spec for sample in samples]
    assert {"en", "de", "fr", "es", "it", "nl"} == {spec.language for spec in specs}
    assert {"invoice", "credit_note", "receipt"} == {spec.kind.value for spec in specs}
    assert len({spec.market for spec in specs}) > 12
    assert {1, 2} <= {len(sample.sheets) for sample in samples}


def test_the_total_stands_at_many_places(samples):
    """Neither always at the right nor always low on the page."""
    places = {
        (int(4 * (part.x0 + part.x1) / 2 / sample.sheets[0].width), int(6 * part.y0 / sample.sheets[0].height))
        for sample in samples
        if not sample.bill.at_till
        for part in sample.parts[0]
        if part.name in {"sums", "sum-table"}
    }
    assert len(places) >= 8

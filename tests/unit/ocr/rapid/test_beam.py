import math
from collections import defaultdict
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.ocr.rapid.beam import find_pieces, join_texts
from invoicewatch.ocr.rapid.ctc import Steps

CHARACTERS = ("", "a", "b", " ")


def steps_of(*rows):
    """Rows of probabilities of a blank, a, b and a space."""
    return np.array(rows, np.float32)


def list_texts(steps, gaps=None):
    return join_texts(piece.texts for piece in find_pieces(Steps(steps, CHARACTERS), gaps or {}))


def sum_all_alignments(steps):
    """By its definition: the probability of a text is that of all ways through the steps that collapse to it."""
    shares: defaultdict[str, float] = defaultdict(float)
    for way in product(range(len(CHARACTERS)), repeat=len(steps)):
        text = "".join(CHARACTERS[number] for number, _ in groupby(way))
        shares[text] += math.prod(float(steps[n, number]) for n, number in enumerate(way))
    return shares


def share_out(weights):
    return np.array(weights, np.float32) / sum(weights)


@given(st.lists(st.lists(st.integers(10, 90), min_size=4, max_size=4).map(share_out), min_size=1, max_size=3))
def test_texts_are_as_likely_as_all_their_alignments_together(rows):
    steps = np.array(rows)
    expected = sum_all_alignments(steps)
    found = list_texts(steps)
    assert len(found) == min(8, len(expected))
    for text, share in found:
        assert share == pytest.approx(expected[text], rel=1e-4)


def test_a_line_that_was_read_clearly_is_not_searched():
    assert find_pieces(Steps(steps_of([0.99, 0.01, 0, 0], [0.01, 0.99, 0, 0]), CHARACTERS), {}) == ()


def test_what_is_sure_parts_what_is_not():
    doubtful, blank, space = [0.0, 0.6, 0.4, 0.0], [1.0, 0, 0, 0], [0.05, 0, 0, 0.95]
    pieces = find_pieces(Steps(steps_of(doubtful, blank, doubtful, space, doubtful), CHARACTERS), {})
    assert [[text for text, _ in piece.texts] for piece in pieces] == [["a", "b"], ["a", "b"], [" "], ["a", "b"]]
    assert [piece.end for piece in pieces] == [1, 3, 3, 5]
    text, share = join_texts(piece.texts for piece in pieces)[0]
    assert text == "aa a"
    assert share == pytest.approx(0.6**3)


def test_a_doubled_character_needs_a_blank_between():
    steps = steps_of([0, 1, 0, 0], [0.3, 0.7, 0, 0], [0, 1, 0, 0])
    assert dict(list_texts(steps)) == pytest.approx({"a": 0.7, "aa": 0.3})


def test_a_space_that_the_paper_shows_stands_after_all_steps_of_its_glyph():
    steps = steps_of([0, 1, 0, 0], [0.1, 0.9, 0, 0], [0, 0, 1, 0])
    assert dict(list_texts(steps, {0: 1.0})) == pytest.approx({"a b": 1.0})
    assert dict(list_texts(steps, {0: 0.7})) == pytest.approx({"a b": 0.7, "ab": 0.3})

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from invoicewatch.ocr.rapid.ctc import Glyph
from invoicewatch.ocr.rapid.line_images import LineImage
from invoicewatch.ocr.rapid.spacing import find_shades, split_words

STEP_PX = 8


def make_line(*inked, steps=20):
    """A line of ``steps`` steps with ink in the columns from the first to the second of each pair."""
    image = np.full((48, steps * STEP_PX), 255, np.uint8)
    for x0, x1 in inked:
        image[10:40, x0:x1] = 0
    return LineImage(image, steps * STEP_PX, np.zeros((4, 2), np.float32))


def make_spaces(steps=20, **at):
    spaces = np.zeros(steps, np.float32)
    for step, probability in at.items():
        spaces[int(step[1:])] = probability
    return spaces


def split(spaces, line, *glyphs):
    return [run.text for run in split_words([Glyph(text, step, 0.9) for text, step in glyphs], spaces, line, STEP_PX)]


TIGHT = make_line((0, 160))


def test_words_end_at_spaces():
    assert split(make_spaces(), TIGHT, (" ", 1), ("a", 2), ("b", 4), (" ", 6), (" ", 7), ("c", 8)) == ["ab", "c"]


def test_a_space_that_was_suspected_is_one():
    glyphs = (":", 2), ("4", 6)
    assert split(make_spaces(s4=0.3), TIGHT, *glyphs) == [":", "4"]
    assert split(make_spaces(s4=0.1), TIGHT, *glyphs) == [":4"]


@pytest.mark.parametrize(("gap_px", "trace", "expected"), [(16, 0.05, 2), (16, 0.0, 1), (8, 0.05, 1), (28, 0.0, 2)])
def test_a_gap_in_the_ink_needs_a_trace_unless_it_is_wide(gap_px, trace, expected):
    line = make_line((0, 40), (40 + gap_px, 160))
    assert expected == len(split(make_spaces(s5=trace), line, (":", 3), ("4", 10)))


def test_a_suspicion_elsewhere_on_the_line_does_not_matter():
    assert split(make_spaces(s12=0.4), TIGHT, ("a", 2), ("b", 4), ("c", 8)) == ["abc"]


def test_a_word_is_as_sure_as_its_least_sure_glyph():
    glyphs = [Glyph("a", 2, 0.9), Glyph("b", 4, 0.6)]
    (run,) = split_words(glyphs, make_spaces(), TIGHT, STEP_PX)
    assert run.probability == 0.6


def test_a_line_of_spaces_has_no_words():
    assert split(make_spaces(), TIGHT, (" ", 1), (" ", 3)) == []
    assert split(make_spaces(), TIGHT) == []


@given(st_numpy.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9))), st.integers(0, 100))
def test_shades_are_the_percentiles_of_the_pixels(image, percent):
    assert [np.percentile(image, percent)] == pytest.approx(list(find_shades(image, percent)))

"""The fall of a page's lines is measured from the words that engines read as lines."""

import random
from dataclasses import dataclass

import pytest

from invoicewatch.records import Box
from invoicewatch.records.slant import LEVEL, Slant, measure_slant


@dataclass(frozen=True)
class Item:
    box: Box


def put(x, y, width=0.06, height=0.012):
    return Item(Box(x, y - height / 2, x + width, y + height / 2))


def lay(fall, growth=0.0, rows=12, columns=(0.1, 0.18, 0.5, 0.8), jitter=0.0015):
    """Rows of words whose middles jump as those of words with and without tails do."""
    draw = random.Random(4)
    lines = []
    for row in range(rows):
        y = 0.15 + 0.06 * row
        here = fall + growth * (y - 0.5)
        lines.append([put(x, y + here * (x + 0.03 - 0.5) + draw.uniform(-jitter, jitter)) for x in columns])
    return lines


@pytest.mark.parametrize("fall", [-0.1, -0.03, -0.004, 0.0, 0.004, 0.02, 0.1])
def test_the_fall_of_long_lines_is_found(fall):
    assert measure_slant(lay(fall)).fall == pytest.approx(fall, abs=0.0015)


@pytest.mark.parametrize("fall", [-0.04, 0.0, 0.04])
def test_short_lines_tell_enough_to_keep_a_row_together(fall):
    """Half a page away a row must not be missed by half a line's height."""
    assert measure_slant(lay(fall, rows=6, columns=(0.1, 0.18))).fall == pytest.approx(fall, abs=0.012)


def test_lines_that_meet_far_away_fall_the_more_the_further_down():
    slant = measure_slant(lay(0.03, growth=0.08))
    assert slant.at(0.2) == pytest.approx(0.03 - 0.3 * 0.08, abs=0.004)
    assert slant.at(0.8) == pytest.approx(0.03 + 0.3 * 0.08, abs=0.004)


def test_lines_strung_together_from_noise_do_no_harm():
    draw = random.Random(5)
    noise = [[put(0.1, draw.random()), put(draw.uniform(0.2, 0.4), draw.random())] for _ in range(8)]
    assert measure_slant([*noise, *lay(0.02)]).fall == pytest.approx(0.02, abs=0.003)


@pytest.mark.parametrize("lines", [[], [[]], [[put(0.1, 0.5)]], [[put(0.1, 0.5), put(0.1, 0.6)]]])
def test_what_tells_nothing_is_level(lines):
    assert measure_slant(lines) == LEVEL


def test_words_of_one_line_come_to_one_level():
    slant = Slant(0.05)
    assert slant.level(0.1, 0.3) == pytest.approx(slant.level(0.9, 0.34))

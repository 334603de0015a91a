import numpy as np
import pytest

from invoicewatch.ocr.rapid.ctc import Steps, decode

CHARACTERS = ("", "a", "b", " ")


def steps(path, probability=0.9):
    out = np.full((len(path), len(CHARACTERS)), (1 - probability) / 3, np.float32)
    for n, index in enumerate(path):
        out[n, index] = probability
    return out


@pytest.mark.parametrize(
    ("path", "expected"),
    [([0, 1, 1, 0, 2], "ab"), ([1, 1, 1], "a"), ([1, 0, 1], "aa"), ([1, 2], "ab"), ([0, 0], ""), ([1, 3, 2], "a b")],
)
def test_repeats_and_blanks_are_taken_out(path, expected):
    assert expected == "".join(glyph.text for glyph in decode(Steps(steps(path), CHARACTERS)))


def test_a_glyph_stands_in_the_middle_of_its_steps_with_its_best_probability():
    table = steps([0, 1, 1, 1, 0])
    table[2, 1] = 0.97
    (glyph,) = decode(Steps(table, CHARACTERS))
    assert glyph.step == 2
    assert glyph.probability == pytest.approx(0.97)

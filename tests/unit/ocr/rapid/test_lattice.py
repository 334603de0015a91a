from math import exp

import numpy as np
import pytest

from invoicewatch.ocr.rapid.ctc import Glyph, Run, Steps, decode
from invoicewatch.ocr.rapid.lattice import find_lattices

WIDE = "\uff1a"  # the colon of Chinese print
CHARACTERS = ("", "a", "b", " ", ":", WIDE)


def make_steps(*each):
    """Each step a character that is sure, or characters with their probabilities."""
    table = np.zeros((len(each), len(CHARACTERS)), np.float32)
    for n, step in enumerate(each):
        for character, share in ({step: 1.0} if isinstance(step, str) else step).items():
            table[n, CHARACTERS.index(character)] = share
    return table


def find(steps, *gaps):
    """The lattices of what the best path reads, split at its spaces and after the glyphs at the steps ``gaps``."""
    runs: list[Run] = []
    word: list[Glyph] = []
    gap = 0.0
    for glyph in decode(Steps(steps, CHARACTERS)):
        if glyph.text.isspace() or (word and word[-1].step in gaps):
            runs.append(Run(tuple(word), gap))
            word, gap = [], 0.0 if glyph.text.isspace() else 0.7
        if not glyph.text.isspace():
            word.append(glyph)
    lattices = find_lattices(Steps(steps, CHARACTERS), [*runs, Run(tuple(word), gap)], "eye")
    return [
        (each.first, each.last, {path.text: round(exp(path.log_probability), 2) for path in each.paths})
        for each in lattices
    ]


DOUBT = {"a": 0.6, "b": 0.4}


def test_only_words_that_were_not_read_clearly_have_a_lattice():
    assert find(make_steps("a", "", "b", " ", "a", "", DOUBT, " ", "b")) == [(1, 2, {"aa": 0.6, "ab": 0.4})]


def test_words_share_a_lattice_where_the_space_between_them_is_in_doubt():
    unsure_space = {" ": 0.6, "": 0.4}
    assert find(make_steps("a", unsure_space, "b", " ", "a")) == [(0, 2, {"a b": 0.6, "ab": 0.4})]
    suspected = {"": 0.8, " ": 0.2}
    assert find(make_steps("a", suspected, "b", " ", "a"), 0) == [(0, 2, {"a b": 0.76, "ab": 0.24})]


def test_what_was_read_comes_first_though_another_text_is_likelier():
    steps = make_steps({"a": 0.4, "b": 0.35, "": 0.25}, {"": 0.5, "b": 0.5})
    ((_, _, texts),) = find(steps)
    assert next(iter(texts)) == "a"
    assert texts["b"] > texts["a"]


def test_a_wide_sign_is_the_sign():
    assert find(make_steps("a", {":": 0.5, WIDE: 0.4, "b": 0.1})) == [(0, 1, {"a:": 0.9, "ab": 0.1})]
    assert find(make_steps("a", {":": 0.4, WIDE: 0.5, "b": 0.1})) == [(0, 1, {f"a{WIDE}": 0.9, "ab": 0.1})]


def test_probabilities_of_what_is_kept_add_up_to_one():
    steps = make_steps(*[DOUBT, {"": 1.0}] * 6)
    (lattice,) = find_lattices(Steps(steps, CHARACTERS), [Run(tuple(decode(Steps(steps, CHARACTERS))))], "eye")
    assert len(lattice.paths) == 8
    assert sum(exp(path.log_probability) for path in lattice.paths) == pytest.approx(1.0)


def test_what_the_search_lost_of_a_reading_is_put_back():
    steps = make_steps(DOUBT)
    (lattice,) = find_lattices(Steps(steps, CHARACTERS), [Run((Glyph(":", 0, 0.4),))], "eye")
    assert [path.text for path in lattice.paths] == [":", "a", "b"]

"""How likely the engines hold a text in place of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.correct.seen import cite_path, find_odds
from invoicewatch.records import Box, Lattice, Line, Path, Word


def make_line(text, *lattices):
    """A line with lattices of a first word, a last word and texts with their log-probabilities."""
    made = (Lattice(first, last, "eye", tuple(Path(*each) for each in paths)) for first, last, *paths in lattices)
    return Line(tuple(Word(each, Box(0, 0, 0.1, 0.1), 80, "eye") for each in text.split()), tuple(made))


LINE = make_line(
    "Sum A8 C0 EUR", (1, 3, ("A8 C0", -0.5), ("AB C0", -1.0), ("AB CO", -2.5)), (3, 4, ("EUR", -0.2), ("FUR", -1.7))
)


@pytest.mark.parametrize(
    ("first", "last", "text", "expected"),
    [
        (1, 3, "AB C0", -0.5),
        (1, 2, "AB", -0.5),
        (2, 3, "CO", None),  # no path has that beside A8
        (1, 4, "AB CO FUR", -3.5),
        (0, 4, "Sum AB C0 EUR", -0.5),
        (0, 2, "Sun AB", None),
        (1, 3, "A8 C0", 0.0),
        (1, 3, "AB", None),
        (0, 1, "Sum", 0.0),
    ],
)
def test_odds_are_those_of_the_paths_that_say_it(first, last, text, expected):
    found = find_odds(LINE, first, last, text)
    assert found == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.text("ab ", min_size=1, max_size=4).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_what_was_read_is_as_likely_as_itself(texts):
    texts = [" ".join(text.split()) for text in texts]
    lattices, first = [], 0
    for text in texts:
        last = first + len(text.split())
        lattices.append((first, last, (text, -0.7), (f"{text}x", -0.7)))
        first = last
    line = make_line(" ".join(texts), *lattices)
    assert find_odds(line, 0, first, line.text) == 0.0


def test_a_path_is_cited_with_who_saw_it_and_how_likely():
    assert cite_path(LINE, 1, 2, "AB") == "seen by eye at 0.61 to 1"
    assert cite_path(LINE, 1, 2, "AD") == ""
    assert cite_path(LINE, 0, 1, "Sum") == ""

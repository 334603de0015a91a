"""How often other ways of looking read the same figures."""

import pytest

from invoicewatch.extract.proof.reading import measure_repeats
from invoicewatch.records import Box, Word

BOX = Box(0.1, 0.1, 0.2, 0.12)


def make_word(text, *again):
    return Word(text, BOX, 90.0, "first", again=again)


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ([make_word("103.00", "103.00", "103,00")], 1.0),
        ([make_word("103.00", "103.00", "108.00")], 0.5),
        ([make_word("103.00", ": 103.00", "")], 0.5),
        ([make_word("94.19", "194.19", "94.19")], 0.5),
        ([make_word("RM94.19", "eRM94.19", "94.19")], 0.5),
        ([make_word("3", "3"), make_word("May"), make_word("2024", "2021", "2024")], 0.5),
        ([make_word("03-MAY-24", "03 May 24")], 1.0),
    ],
)
def test_the_least_repeated_figure_counts(words, share):
    assert share == measure_repeats(words)


def test_what_nobody_looked_at_again_says_nothing():
    assert measure_repeats([make_word("103.00"), make_word("May", "Nay")]) is None

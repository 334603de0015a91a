"""Two readings of one page carry one lattice of what their doubtful words may say."""

from dataclasses import replace
from math import exp

import pytest

from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.records import Box, Lattice, Line, Path, Reading


@pytest.fixture
def fuse(make_word):
    """Fuse lines of words, each a text with its confidence, of Tesseract and of an eye that gives lattices."""

    def read(texts, engine, *lattices, regions=()):
        words, x0 = [], 0.1
        for text, confidence in texts:
            words.append(make_word(text, x0, confidence=confidence, engine=engine))
            x0 += 0.02 * len(text) + 0.03
        return Reading(1, (Line(tuple(words), lattices),), engine, regions=regions)

    def run(first, second, *lattices, regions=()):
        made = fuse_readings(read(first, "tesseract"), read(second, "eye", *lattices, regions=regions))
        (line,) = made.lines
        return line.text, {(each.first, each.last): show(each) for each in line.lattices}

    return run


def show(lattice):
    return {path.text: round(exp(path.log_probability), 2) for path in lattice.paths}


TWO_WAYS = Lattice(1, 2, "eye", (Path("12.50", -0.51), Path("72.50", -0.92)))


def test_a_word_that_both_read_alike_is_in_doubt_no_longer(fuse):
    assert fuse([("Sum", 96), ("12.50", 94)], [("Sum", 99), ("12.50", 80)], TWO_WAYS) == ("Sum 12.50", {})


def test_what_the_other_engine_read_weighs_though_it_was_not_kept(fuse):
    text, lattices = fuse([("Sum", 96), ("72.50", 92)], [("Sum", 99), ("12.50", 80)], TWO_WAYS)
    assert text == "Sum 12.50"
    assert list(lattices[1, 2]) == ["12.50", "72.50"]
    assert lattices[1, 2]["72.50"] > 0.5


def test_a_reading_that_no_path_holds_joins_as_one(fuse):
    _, lattices = fuse([("Sum", 96), ("1250", 70)], [("Sum", 99), ("12.50", 80)], TWO_WAYS)
    assert set(lattices[1, 2]) == {"12.50", "72.50", "1250"}


def test_words_that_are_read_otherwise_make_a_lattice_without_any(fuse):
    text, lattices = fuse([("Sum", 96), ("1NV", 90)], [("Sum", 99), ("INV", 85)])
    assert text == "Sum INV"
    assert list(lattices) == [(1, 2)]
    assert list(lattices[1, 2]) == ["INV", "1NV"]


def test_words_that_are_split_otherwise_share_a_lattice(fuse):
    _, lattices = fuse([("Sum12.50", 60)], [("Sum", 95), ("12.50", 80)], TWO_WAYS)
    assert set(lattices[0, 2]) == {"Sum 12.50", "Sum 72.50", "Sum12.50"}


def test_what_one_engine_alone_saw_is_as_likely_as_it_says(fuse):
    _, lattices = fuse([("Sum", 96)], [("Sum", 99), ("12.50", 80)], TWO_WAYS)
    assert lattices == {(1, 2): {"12.50": 0.6, "72.50": 0.4}}


def test_lattices_of_regions_come_to_the_lines_that_were_there(fuse):
    everywhere = (Box(0, 0, 1, 1),)
    _, lattices = fuse([("Sum", 96), ("7250", 60)], [("Sum", 99), ("12.50", 80)], TWO_WAYS, regions=everywhere)
    assert list(lattices) == [(1, 2)]


def test_a_lattice_whose_words_come_to_stand_on_two_lines_is_gone(make_word):
    words = make_word("Sum", 0.1, 0.1, engine="eye"), make_word("72.50", 0.1, 0.3, engine="eye")
    torn = Lattice(0, 2, "eye", (Path("Sum 72.50", -0.51), Path("Sum 12.50", -0.92)))
    strung = Reading(1, (Line(words, (torn,)),), "eye")
    kept = [replace(word, engine="tesseract") for word in words]
    made = fuse_readings(Reading(1, tuple(Line((word,)) for word in kept), "tesseract"), strung)
    assert [(line.text, line.lattices) for line in made.lines] == [("Sum", ()), ("72.50", ())]

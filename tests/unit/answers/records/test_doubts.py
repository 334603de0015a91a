from math import log

import pytest

from invoicewatch.answers.records.doubts import Doubt, list_doubts, rate_characters
from invoicewatch.records import Box, Lattice, Line, Path, Reading, Word, keep_words

PATHS = (Path("C0de", log(0.5)), Path("Code", log(0.3)), Path("C0d", log(0.2)))
LEFT, RIGHT = Box(0.1, 0.2, 0.2, 0.25), Box(0.25, 0.2, 0.4, 0.26)


def make_line(texts, *lattices):
    words = (Word(text, box, 60.0, "eye") for text, box in zip(texts.split(), (LEFT, RIGHT), strict=True))
    return Line(tuple(words), lattices)


def keep(*lines):
    return [keep_words(Reading(3, lines, "eye"), 0)]


def test_a_doubt_says_where_its_words_stand_and_who_saw_them():
    lattice = Lattice(0, 2, "eye + glass", (Path("In v0ice", log(0.6)), Path("Invoice", log(0.4))))
    (doubt,) = list_doubts(keep(make_line("In v0ice", lattice)))
    assert (doubt.page, doubt.line, doubt.engines) == (3, 0, ("eye", "glass"))
    assert doubt.box == pytest.approx(Box.around((LEFT, RIGHT)), abs=1e-4)


def test_no_place_is_told_where_other_words_stand():
    doubtful = make_line("No C0de", Lattice(1, 2, "eye", PATHS))
    for after in ((), (make_line("Other words"),)):
        (doubt,) = list_doubts(keep(Line(()), doubtful, *after))
        assert (doubt.line, doubt.box) == (1, None)


def test_doubts_have_names_of_their_own():
    lines = [make_line("C0de C0de", Lattice(n, n + 1, "eye", PATHS)) for n in (0, 1, 1)]
    assert [doubt.anchor for doubt in list_doubts(keep(*lines))] == ["3-0-0", "3-1-1", "3-2-1"]


def test_people_are_told_the_likeliest_others():
    others = tuple(Path(text, log(0.1)) for text in "abcde")
    doubt = Doubt(1, 0, Lattice(0, 1, "eye", (Path("x", log(0.5)), *others)))
    assert (doubt.others, doubt.told) == (others, others[:3])


def test_a_character_is_as_sure_as_all_texts_that_have_it():
    assert rate_characters(Lattice(0, 1, "eye", PATHS)) == pytest.approx((1.0, 0.7, 1.0, 0.8))


def test_what_was_read_is_cut_where_doubt_begins_and_ends():
    paths = (Path("C0de", log(0.5)), Path("Code", log(0.5)))
    assert Doubt(1, 0, Lattice(0, 1, "eye", paths)).cut() == [("C", False), ("0", True), ("de", False)]

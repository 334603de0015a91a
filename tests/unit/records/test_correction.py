"""Edits make the enhanced reading, and taking them away gives the raw one back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import Box, Correction, Edit, Lattice, Line, Path, Reading, Word

WORDS = st.lists(st.text("abc019.,", min_size=1, max_size=5), min_size=1, max_size=8)


def reading_of(texts: list[str]) -> Reading:
    step = 1 / len(texts)
    words = tuple(Word(text, Box(n * step, 0, (n + 1) * step, 0.1), 80, "engine") for n, text in enumerate(texts))
    return Reading(1, (Line(words),), "engine 1")


def edit_of(reading: Reading, first: int, last: int, after: str) -> Edit:
    words = reading.lines[0].words[first:last]
    before = " ".join(word.text for word in words)
    return Edit(1, 0, first, last, before, after, Box.around(w.box for w in words), "test", -2.0, -1.0, "test")


def test_one_word_is_replaced_and_keeps_its_raw_text() -> None:
    reading = reading_of(["T0TAL", "5.00"])
    correction = Correction((reading,), (edit_of(reading, 0, 1, "TOTAL"),))

    assert correction.text == "TOTAL 5.00"
    assert correction.enhanced[0].words[0].raw == "T0TAL"
    assert correction.enhanced[0].words[1].raw is None


def test_joined_words_stand_over_the_box_of_both() -> None:
    reading = reading_of(["TO", "TAL", "5.00"])
    enhanced = Correction((reading,), (edit_of(reading, 0, 2, "TOTAL"),)).enhanced[0]

    assert enhanced.text == "TOTAL 5.00"
    assert enhanced.words[0].box == Box.around(word.box for word in reading.words[:2])


@given(WORDS, st.data())
def test_two_edits_of_one_line_do_not_disturb_each_other(texts: list[str], data: st.DataObject) -> None:
    reading = reading_of(texts)
    cut = data.draw(st.integers(0, len(texts)))
    spans = [(first, last) for first, last in ((0, cut), (cut, len(texts))) if first < last]
    edits = tuple(edit_of(reading, first, last, data.draw(WORDS.map(" ".join))) for first, last in spans)
    correction = Correction((reading,), edits)

    assert correction.text == " ".join(edit.after for edit in edits)
    assert replace(correction, edits=()).enhanced == (reading,)


def test_a_lattice_moves_with_its_words_and_stays_what_the_engines_saw() -> None:
    reading = reading_of(["TO", "TAL", "S.00", "EUR", "1"])
    lattices = tuple(Lattice(n, n + 1, "engine", (Path(text, -0.1),)) for n, text in ((2, "S.00"), (4, "1")))
    doubtful = replace(reading, lines=(replace(reading.lines[0], lattices=lattices),))
    edits = edit_of(reading, 0, 2, "TOTAL"), edit_of(reading, 2, 3, "5.0 0"), edit_of(reading, 3, 5, "EUR 7")

    (line,) = Correction((doubtful,), edits).enhanced[0].lines

    assert line.text == "TOTAL 5.0 0 EUR 7"
    assert line.lattices == (replace(lattices[0], first=1, last=3),)

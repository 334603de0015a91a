"""Words are kept small and come back where they stood."""

import zlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import Box, Lattice, Line, Path, Reading, Word, keep_words

SIDE = st.integers(0, 10_000).map(lambda side: side / 10_000)
BOX = st.tuples(SIDE, SIDE, SIDE, SIDE).map(
    lambda s: Box(min(s[0], s[2]), min(s[1], s[3]), max(s[0], s[2]), max(s[1], s[3]))
)
WORD = st.builds(
    Word, st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1), BOX, st.just(90.0), st.just("tesseract")
)
LINES = st.lists(st.lists(WORD, min_size=1), max_size=5)


@given(LINES, st.integers(-4, 7))
def test_words_come_back_in_order_with_their_boxes(lines, turns):
    kept = keep_words(Reading(2, tuple(Line(tuple(line)) for line in lines), "tesseract"), turns)

    assert kept.list_lines() == [[(word.text, word.box) for word in line] for line in lines]
    assert (kept.page, kept.turns) == (2, turns % 4)


def test_what_would_part_words_or_is_no_text_does_no_harm():
    box = Box(-0.1, 0.2, 0.3, 1.2)
    line = Line(tuple(Word(text, box, 90.0, "plugged") for text in ("a b", "", " \n", "c\udc80")))

    kept = keep_words(Reading(1, (line, Line(line.words[1:2])), "plugged"), 0)

    assert kept.list_lines() == [[("ab", Box(0.0, 0.2, 0.3, 1.0)), ("c?", Box(0.0, 0.2, 0.3, 1.0))]]


def test_a_word_of_a_printed_page_costs_some_ten_bytes():
    lines = [
        Line(
            tuple(
                Word(f"word{row}{n}", Box(n / 10, row / 50, n / 10 + 0.08, row / 50 + 0.01), 90.0, "") for n in range(9)
            )
        )
        for row in range(40)
    ]

    assert len(keep_words(Reading(1, tuple(lines), ""), 0).packed) < 12 * 360


def doubt(first, last, *texts):
    share = -1.1
    return Lattice(first, last, "tesseract + rapidocr", tuple(Path(text, share) for text in texts))


def test_what_is_in_doubt_is_kept_with_its_place_where_it_was_left():
    def make_line(text, *lattices):
        box = Box(0.1, 0.2, 0.3, 0.4)
        return Line(tuple(Word(each, box, 60.0, "eye") for each in text.split()), lattices)

    left = doubt(1, 3, "B8 C0", "BB C0", "B8 CO")
    marks_alone = doubt(0, 1, "A", "A.", ":A")
    changed = make_line("X Y", doubt(0, 1, "X", "K", "W"))
    changed = replace(changed, words=(replace(changed.words[0], raw="K"), changed.words[1]))
    reading = Reading(1, (make_line("A B8 C0", marks_alone, left), changed, make_line("Z")), "eye")

    kept = keep_words(reading, 0)

    assert kept.list_doubts() == [(0, left)]
    assert [[word for word, _ in line] for line in kept.list_lines()] == [["A", "B8", "C0"], ["X", "Y"], ["Z"]]


def test_words_that_were_kept_before_doubts_were_have_none():
    kept = keep_words(Reading(1, (Line((Word("A", Box(0, 0, 1, 1), 90.0, "eye"),)),), "eye"), 0)
    older = zlib.compress(zlib.decompress(kept.packed).removesuffix(b"\f"))
    assert replace(kept, packed=older).list_lines() == kept.list_lines()
    assert replace(kept, packed=older).list_doubts() == []

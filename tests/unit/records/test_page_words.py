"""Words are kept small and come back where they stood."""

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import Box, Line, Reading, Word, keep_words

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

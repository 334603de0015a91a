import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.ocr.align import match_words, project


def texts(match):
    return [word.text for word in match.first], [word.text for word in match.second]


def test_words_on_the_same_ink_match(make_word):
    matches = match_words([make_word("Total")], [make_word("T0tal", 0.105)])
    assert [(["Total"], ["T0tal"])] == [texts(match) for match in matches]


def test_one_word_may_match_several_in_order(make_word):
    first = [make_word("12.50", 0.24), make_word("Total:", 0.1)]
    matches = match_words(first, [make_word("Total:12.50", 0.1, width=0.24)])
    assert [(["Total:", "12.50"], ["Total:12.50"])] == [texts(match) for match in matches]


def test_words_elsewhere_stand_alone(make_word):
    matches = match_words([make_word("Total")], [make_word("Total", 0.1, 0.5), make_word("Total", 0.6)])
    assert [(["Total"], []), ([], ["Total"]), ([], ["Total"])] == [texts(match) for match in matches]


def test_neighbours_that_only_touch_do_not_match(make_word):
    matches = match_words([make_word("Net", 0.1, width=0.1)], [make_word("Tax", 0.19, width=0.1)])
    assert len(matches) == 2


def test_a_narrow_sign_that_engines_place_side_by_side_is_one(make_word):
    first = [make_word("2", 0.176, width=0.0026)]
    assert 1 == len(match_words(first, [make_word("2", 0.1793, width=0.002)]))
    assert 2 == len(match_words(first, [make_word("3", 0.1793, width=0.002)]))
    assert 2 == len(match_words(first, [make_word("2", 0.183, width=0.002)]))
    assert 2 == len(match_words([make_word("22", 0.176, width=0.0026)], [make_word("22", 0.1793, width=0.002)]))


def test_nothing_matches_nothing():
    assert match_words([], []) == ()


@pytest.mark.parametrize(
    ("kept", "other", "expected"),
    [
        (["Total", "Due"], "TotalDue", ("Total", "Due")),
        (["Total", "Due"], "T0talDua", ("T0tal", "Dua")),
        (["Date", ":"], "Date", ("Date", "")),
        (["No.", "4711"], "N0.47l1", ("N0.", "47l1")),
        (["a"], "xay", ("xay",)),
    ],
)
def test_a_reading_is_cut_where_the_other_has_its_words(kept, other, expected):
    assert expected == project(kept, other)


@given(st.lists(st.text("ab1", min_size=1, max_size=4), min_size=1, max_size=4), st.text("ab1", max_size=10))
def test_the_parts_joined_are_the_whole(kept, other):
    parts = project(kept, other)
    assert len(parts) == len(kept)
    assert "".join(parts) == other

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.correct.score import WordScore, score_words

WORDS = st.lists(st.text("abc019", min_size=1, max_size=3))


def test_mended_broken_and_invented_words_are_told_apart():
    score = score_words(["Total", "due", "12.50", "Thank", "you"], "Tota1 due 12.50 Thank you", "Total dew 72.50 Thank")
    assert WordScore(wrong=1, right=4, fixed=1, broken=3, invented=1) == score


def test_order_and_case_count_for_nothing():
    score = score_words(["Total", "due"], "tota1 DUE", "DUE total")
    assert WordScore(wrong=1, right=1, fixed=1) == score


def test_a_repeated_word_is_counted_as_often_as_it_is_printed():
    assert WordScore(wrong=2, right=1, fixed=1) == score_words(["x", "x", "x"], "x a b", "x x b")


def test_a_figure_that_stands_on_paper_or_in_the_raw_text_is_not_invented():
    assert 0 == score_words(["12.50"], "1Z.50 7", "12.50 7 7").invented


def test_scores_add_up_and_give_shares():
    both = WordScore(10, 90, 2, 1, 0) + WordScore(10, 10, 1, 0, 3)
    assert WordScore(20, 100, 3, 1, 3) == both
    assert (0.15, 0.01) == (both.fixed_share, both.broken_share)
    assert (0.0, 0.0) == (WordScore().fixed_share, WordScore().broken_share)


@given(WORDS, WORDS)
def test_a_text_left_as_it_is_mends_and_breaks_nothing(truth, raw):
    score = score_words(truth, " ".join(raw), " ".join(raw))
    assert (0, 0, 0) == (score.fixed, score.broken, score.invented)
    assert len(truth) == score.wrong + score.right


@given(WORDS, WORDS)
def test_the_truth_itself_mends_all_and_breaks_nothing(truth, raw):
    score = score_words(truth, " ".join(raw), " ".join(truth))
    assert (score.wrong, 0, 0) == (score.fixed, score.broken, score.invented)

from itertools import count

from invoicewatch.answers.models.gain import make_samples, measure_gain
from invoicewatch.config import Config
from invoicewatch.correct.even_scorer import EvenScorer
from invoicewatch.correct.score import score_words
from invoicewatch.records import join_text


class SpoilingScorer(EvenScorer):
    """Finds whatever was read a hundred nats likelier than anything else."""

    def score(self, prefix, candidates):
        return (0.0, *(-100.0 for _ in candidates[1:]))


def test_the_same_seed_gives_the_same_damage():
    first, second = (list(make_samples(3, seed=5)) for _ in range(2))
    assert first == second
    assert first[0] != next(make_samples(1, seed=6))


def test_about_one_word_in_seven_is_misread():
    samples = list(make_samples(8, seed=5))
    raw = [score_words(each.words, join_text(each.readings), join_text(each.readings)) for each in samples]
    wrong, right = sum(score.wrong for score in raw), sum(score.right for score in raw)
    assert 0.08 < wrong / (wrong + right) < 0.25


def test_what_the_model_adds_shows_beside_what_was_mended_without_it():
    ticks = count()
    even = measure_gain(Config(), make_samples(6, seed=5), EvenScorer(), clock=lambda: float(next(ticks)))
    assert even["with_model"] == even["without_model"]
    assert 0 < even["with_model"].score.fixed
    assert 6.0 == even["with_model"].seconds
    spoilt = measure_gain(Config(), make_samples(6, seed=5), SpoilingScorer())
    assert spoilt["with_model"].score.fixed < spoilt["without_model"].score.fixed

"""Correction of generated documents with damaged text: no figure is ever made up, whatever the damage."""

from invoicewatch.answers.models.gain import make_samples
from invoicewatch.config import Config
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.even_scorer import EvenScorer
from invoicewatch.correct.score import WordScore, score_words
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import load_vocabulary
from invoicewatch.records import join_text


def test_no_figure_is_invented_and_far_more_is_mended_than_broken():
    config = Config()
    vocabulary = load_vocabulary(config.ocr.languages)
    processors = load_processors(config.correct, CorrectTools(config.correct, vocabulary, EvenScorer()))
    total = WordScore()
    for sample in make_samples(150, seed=71_000):
        text = correct_readings(sample.readings, processors, vocabulary).text
        total += score_words(sample.words, join_text(sample.readings), text)
    assert 0 == total.invented
    assert total.fixed > 20 * max(1, total.broken)
    assert total.fixed_share > 0.1

import math

import pytest

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.chain import correct_readings
from invoicewatch.correct.paths.evidence import FEATURES
from invoicewatch.correct.paths.odds import as_json, from_json, load_odds
from invoicewatch.correct.paths.processor import PathsProcessor
from invoicewatch.correct.paths.shape import find_change
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import load_vocabulary
from invoicewatch.records import Box, Lattice, Line, Memory, Path, Reading, SellerMemory, Source, Word

VOCABULARY = load_vocabulary(("eng",))
CLEAR = "THANK YOU FOR THE PAYMENT OF THE TOTAL AMOUNT"


def make_line(text, lattices=(), confidence=40.0):
    words = tuple(
        Word(word, Box(0.1 * n, 0.1, 0.1 * n + 0.09, 0.12), confidence, "rapidocr")
        for n, word in enumerate(text.split())
    )
    return Line(words, tuple(lattices))


def doubt(first, *texts, shares=(0.5, 0.4)):
    paths = tuple(Path(text, math.log(share)) for text, share in zip(texts, shares, strict=False))
    return Lattice(first, first + len(texts[0].split()), "rapidocr", paths)


def choose(*lines, memory=None, office=(), scorer=None, source=Source.OCR):
    tools = CorrectTools(CorrectSettings(), VOCABULARY, scorer, memory=memory or Memory(), office=office)
    reading = Reading(1, (make_line(CLEAR, confidence=99.0), *lines), "rapidocr", source)
    return correct_readings((reading,), [("paths", PathsProcessor(tools))], VOCABULARY)


def text_of(correction):
    return correction.text.split("\n")[1]


class Scorer:
    """Finds what it was told likelier, and counts the questions."""

    model_name = "made-up.gguf"

    def __init__(self, liked):
        self.liked = liked
        self.asked = []

    def score(self, prefix, candidates):
        self.asked.append((prefix, *candidates))
        return tuple(9.0 if self.liked in text else -9.0 for text in candidates)

    def words(self):
        return ()


@pytest.mark.parametrize(
    ("read", "path"),
    [("Suamary", "Summary"), ("SEAFOOO", "SEAFOOD"), ("Amounl", "Amount"), ("adjus tments", "adjustments")],
)
def test_what_an_engine_nearly_read_is_taken_where_the_language_speaks_for_it(read, path):
    correction = choose(make_line(read, [doubt(0, read, path)]))
    (edit,) = correction.edits
    assert path == text_of(correction)
    assert ("paths", read, path) == (edit.processor, edit.before, edit.after)
    assert edit.score_after > edit.score_before
    assert read == correction.raw[0].lines[1].text


def test_only_the_words_that_differ_are_edited():
    correction = choose(make_line("PAY THE TOTAI NOW", [doubt(0, "PAY THE TOTAI NOW", "PAY THE TOTAL NOW")]))
    assert [(2, 3, "TOTAI", "TOTAL")] == [(e.first, e.last, e.before, e.after) for e in correction.edits]


@pytest.mark.parametrize(
    ("read", "path"),
    [
        ("10.09", "10.00"),
        ("Total 10.09", "Total 70.09"),
        ("1 10.09", "1 70.09"),
        ("Gardenia's", "Garden.a's"),
        ("B5T", "Best"),
        ("RM", "RM5"),
        ("Tax(RM)", "Tax (RM)"),
        ("summary", "Summary"),
        ("inf@marlow.example", "info@marlow.example"),
        ("TEA", "茶"),
        ("d\N{RIGHT SINGLE QUOTATION MARK}accord", "d'accord"),
    ],
)
def test_figures_marks_capitals_and_addresses_are_not_for_language_to_change(read, path):
    assert find_change(read.split(), path.split()) is None
    assert not choose(make_line(read, [doubt(0, read, path, shares=(0.001, 0.99))])).edits


@pytest.mark.parametrize(("read", "path"), [("édition", "edition"), ("Menu", "Menü")])
def test_a_word_that_is_known_with_its_accents_as_without_stays_as_it_was_read(read, path):
    assert not choose(make_line(read, [doubt(0, read, path, shares=(0.3, 0.6))])).edits


def test_a_letter_that_was_read_as_a_digit_may_become_one_again():
    assert "INVOICE" == text_of(choose(make_line("INV0ICE", [doubt(0, "INV0ICE", "INVOICE")])))


def test_a_name_that_an_earlier_document_proved_outranks_the_dictionary():
    line = make_line("Suamary", [doubt(0, "Suamary", "Summary")])
    known = Memory(1, (SellerMemory("Suamary Ltd", 3),))
    assert "Summary" == text_of(choose(line))
    assert "Suamary" == text_of(choose(line, memory=known))
    assert "Suamary" == text_of(choose(line, office=("Suamary & Co",)))


def test_a_word_that_the_page_prints_elsewhere_outranks_the_dictionary():
    line = make_line("Suamary", [doubt(0, "Suamary", "Summary")])
    assert "Suamary" == text_of(choose(line, make_line("SUAMARY", confidence=99.0)))


def test_no_word_is_chosen_that_is_in_no_list():
    line = make_line("Velarldyk", [doubt(0, "Velarldyk", "Velardyk", shares=(0.01, 0.9))])
    assert not choose(line).edits


def test_pieces_of_one_word_are_joined_and_two_words_are_not():
    assert "adjustments" == text_of(choose(make_line("a d j ustments", confidence=95.0)))
    assert "SUB TOTAL" == text_of(choose(make_line("SUB TOTAL", confidence=95.0)))


def test_letters_easily_taken_for_others_are_mended_below_the_names_at_the_head():
    head, below = make_line("Custoner"), make_line("Custoner 12")
    correction = choose(head, below)
    assert [(2, "Customer", "letters easily taken for others")] == [
        (e.line, e.after, e.reason) for e in correction.edits
    ]


def test_what_is_left_open_is_ranked_by_the_model_as_a_whole_line():
    line = make_line("pay at the Gon", [doubt(3, "Gon", "Son", shares=(0.7, 0.06))], confidence=70.0)
    refusing = Scorer("gon")
    correction = choose(line, scorer=refusing)
    assert not correction.edits
    assert [["receipt\n", "pay at the gon", "pay at the son"]] == [list(asked) for asked in refusing.asked]


def test_a_page_read_clearly_asks_nobody():
    scorer = Scorer("x")
    correction = choose(make_line("TOTAL PAYMENT", confidence=99.0), scorer=scorer)
    assert (correction.edits, scorer.asked, correction.model) == ((), [], None)


def test_a_text_layer_is_left_alone():
    line = make_line("Suamary", [doubt(0, "Suamary", "Summary")])
    assert not choose(line, source=Source.TEXT_LAYER).edits


def test_the_fitted_weights_are_read_as_they_were_written():
    odds = load_odds()
    assert from_json(as_json(odds)) == odds
    assert len(FEATURES) == len(odds.weights)
    assert odds.open < odds.sure

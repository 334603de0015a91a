import pytest

from invoicewatch.correct.words.of_page import PageWords, list_names, rank_words
from invoicewatch.correct.words.vocabulary import EMPTY_VOCABULARY, Vocabulary, load_vocabulary
from invoicewatch.records import Box, Line, Memory, Reading, SellerMemory, Word


def make_reading(text, confidence=95.0):
    words = tuple(Word(word, Box(0, 0, 1, 1), confidence, "tesseract") for word in text.split())
    return Reading(1, (Line(words),), "tesseract 5.3.0 eng")


@pytest.mark.parametrize(
    "word", ["Rechnung", "FACTURE", "invoice", "Total:", "(GST)", "Item(s)", "customer's", "U.price"]
)
def test_words_of_invoices_are_known_in_any_case_and_with_their_edges(word):
    assert load_vocabulary(("eng", "deu", "fra")).knows(word)


@pytest.mark.parametrize("word", ["Inv0ice", "xqzzy", "", "12.50", "--"])
def test_other_tokens_are_not(word):
    assert not load_vocabulary(("eng", "deu", "fra")).knows(word)


def test_a_language_without_a_list_adds_nothing_and_nothing_knows_nothing():
    assert load_vocabulary(("tlh",)).lists.keys() == {"common"}
    assert not EMPTY_VOCABULARY.knows("total")
    assert EMPTY_VOCABULARY.find_near("total", 2) == []


def test_near_words_are_within_the_edits_and_not_the_word_itself():
    vocabulary = Vocabulary({"eng": {"total": 9.0, "tote": 1.0, "invoice": 9.0}})
    assert set(vocabulary.find_near("Tota", 1)) == {"total", "tote"}
    assert vocabulary.find_near("total", 1) == []


def test_on_an_english_page_german_words_become_unlikely():
    vocabulary = load_vocabulary(("eng", "deu"))
    adapted = vocabulary.adapt(["thank", "you", "please", "come", "again"])
    assert adapted.weights["vielen"] < 0.1 * vocabulary.weights["vielen"]
    assert adapted.weights["thank"] == vocabulary.weights["thank"]


def test_what_was_read_well_on_the_page_is_likelier_there_and_can_be_a_candidate():
    vocabulary = Vocabulary({"eng": {"total": 9.0}})
    page = PageWords(make_reading("YONGRATT ENTERPRISE"), vocabulary)
    assert page.find_near("YONGRAIT", 1) == ["yongratt"]
    assert page.log_probability("yongratt") > PageWords(make_reading("x"), vocabulary).log_probability("yongratt")
    assert PageWords(make_reading("YONGRATT", confidence=40.0), vocabulary).find_near("YONGRAIT", 1) == []


def test_names_in_memory_weigh_more_the_more_often_they_were_proved():
    names = list_names(Memory(3, (SellerMemory("Acme Corp.", 9), SellerMemory("Bolt GmbH", 1))))
    assert names.keys() == {"acme", "corp", "bolt", "gmbh"}
    assert names["acme"] > names["bolt"]


def test_the_models_words_weigh_by_rank():
    weights = rank_words(("the", "and", "rare"))
    assert weights["the"] > weights["and"] > weights["rare"] > 0


@pytest.mark.parametrize(
    ("word", "known"), [("Rechnungssumme", True), ("Kopierpapierpreisx", False), ("Lampenkiste", True)]
)
def test_two_german_words_run_together_are_known(word, known):
    assert load_vocabulary(("deu",)).knows(word) is known


def test_labels_are_the_commonest_words_whatever_their_edges_and_case():
    vocabulary = load_vocabulary(("eng",))
    assert vocabulary.has_label("TOTAL:")
    assert not vocabulary.has_label("banana")
    assert not vocabulary.has_label("xqzzy")

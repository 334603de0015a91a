"""Words become patterns that match the longest word that fits."""

import re

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_roles
from invoicewatch.extract.labels.words import list_words, write_pattern

FORMS = list_words("legal_forms", "written")


def test_brackets_expand_to_every_choice():
    assert ["a b d", "a c d", "a d"] == expand_phrase("a (b|c|) d")


def test_entries_without_choices_keep_their_brackets():
    assert ["(limited*"] == expand_phrase("(limited*")


@given(st.sampled_from(FORMS))
def test_every_word_is_matched_whole(word):
    match = re.match(write_pattern("legal_forms", "written"), word)
    assert match is not None
    assert word == match.group()


def test_a_star_stands_for_letters_and_a_blank_for_one_blank():
    assert re.fullmatch(write_pattern("names", "trade"), "weinhandel")
    assert re.fullmatch(write_pattern("registration", "notice"), "sitz der\ngesellschaft")
    assert not re.fullmatch(write_pattern("registration", "notice"), "sitz  der gesellschaft")


def test_words_of_all_languages_and_of_none_are_listed_once():
    words = list_words("names", "contact")
    assert {"fax", "fon", "mobile"} <= set(words)
    assert len(set(words)) == len(words)
    assert "#" in list_words("number_words", "sign")


def test_every_table_can_be_written_as_a_pattern():
    for table, roles in load_roles().items():
        for role in roles:
            assert re.compile(write_pattern(table, role)).search("\N{SNOWMAN}") is None

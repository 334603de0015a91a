import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.store.index.vocabulary import is_one_edit
from invoicewatch.store.index.words import compose, cut_words, find_words, fold_sound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Müller & Söhne", ["muller", "sohne"]),
        (unicodedata.normalize("NFD", "Müller"), ["muller"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("INV-2024/0012", ["inv", "2024", "0012"]),
        ("增值税发票2024", ["增", "值", "税", "发", "票", "2024"]),
        ("\uff21\uff23\uff2d\uff25 \ufb01ne", ["acme", "fine"]),
        ("snake_case", ["snake", "case"]),
        ("\ue001acme", ["acme"]),
        ("...", []),
    ],
)
def test_text_is_cut_into_folded_words(text, expected):
    assert expected == cut_words(text)


def test_both_spellings_of_an_umlaut_sound_alike():
    assert {fold_sound(word) for word in cut_words("Müller Mueller Muller")} == {"muller"}


@given(st.text(alphabet=st.characters()))
def test_a_word_holds_only_letters_and_digits_and_stands_where_it_says(text):
    composed = compose(text)
    for word in find_words(composed):
        assert word.term.isalnum()
        assert cut_words(composed[word.start : word.end]) == [word.term]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_means_distance_one(a, b):
    changed = {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in "abc"}
    added = {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in "abc"}
    removed = {a[:i] + a[i + 1 :] for i in range(len(a))}
    assert is_one_edit(a, b) == (b in (changed | added | removed) - {a})

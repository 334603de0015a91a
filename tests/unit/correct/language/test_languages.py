from itertools import pairwise

import pytest

from invoicewatch.correct.language.languages import Languages, load_languages
from invoicewatch.correct.language.letters import fold
from invoicewatch.correct.language.table import Table, load_table, pack_table

WORDS = {
    "en": "invoice total amount payment the",
    "de": "rechnung betrag summe zahlung die",
    "fr": "facture montant la",
}


@pytest.fixture(name="languages")
def _languages():
    return load_languages()


def test_a_table_gives_what_was_packed_and_nothing_for_strangers(tmp_path):
    file = tmp_path / "words.bin"
    file.write_bytes(pack_table("from a test\nunder no licence", [("total", -3.2), ("summe", -12.0), ("rare", -99.0)]))
    found = load_table(file).find(["summe", "total", "nobody", "rare"])
    assert [-12.0, -3.2] == pytest.approx(found[:2].tolist())
    assert found[2] != found[2]
    assert -20.5 < found[3] < -20.0


def test_an_empty_table_knows_nothing():
    table = load_table_of([])
    assert table.find(["total"])[0] != table.find(["total"])[0]


@pytest.mark.parametrize(("language", "other"), [("en", "de"), ("de", "fr"), ("fr", "en")])
def test_a_page_finds_words_of_its_own_language_likelier(languages, language, other):
    page = languages.adapt(WORDS[language].split())
    own, foreign = (WORDS[each].split() for each in (language, other))
    assert sum(page.rate_words(own)) / len(own) > sum(page.rate_words(foreign)) / len(foreign) + 1.0


@pytest.mark.parametrize(
    ("printed", "misread"), [("Invoice", "lnvoice"), ("Rechnung", "Rechnnng"), ("adjustments", "adjustrnents")]
)
def test_a_word_is_far_likelier_than_its_misreading(languages, printed, misread):
    page = languages.adapt(["total", "summe"])
    known, strange = page.rate_words([printed, misread])
    assert known > strange + 5.0


def test_a_name_in_no_list_is_judged_by_its_letters(languages):
    page = languages.adapt(["the", "total"])
    name, noise = page.rate_words(["Marlowbrook", "Mxrlqwbrk"])
    assert [False, False] == page.list_known(["Marlowbrook", "Mxrlqwbrk"])
    assert name > noise + 5.0


def test_no_figure_is_likelier_than_another(languages):
    page = languages.adapt(["total"])
    figures = page.rate_words(["RM1", "RM8", "RM0"])
    assert all(one == other for one, other in pairwise(figures))
    assert "rm00" == fold("RM18")


def test_without_a_known_word_every_language_counts_alike(languages):
    shares = languages.adapt(["Qxzw"]).shares
    assert shares.max() == pytest.approx(shares.min())


def test_a_page_may_have_no_language_at_all():
    nothing = Languages({}, load_table_of([]))
    assert [False] == nothing.adapt(["total"]).list_known(["total"])
    assert nothing.adapt(["total"]).rate_words(["total"])[0] < -20.0


def load_table_of(entries):
    raw = pack_table("test", entries).partition(b"\n\n")[2]
    assert not raw
    import numpy as np

    return Table(np.array([], np.uint32), np.array([], np.uint8))

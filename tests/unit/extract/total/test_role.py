"""The two proofs: who vouches for the reading, and what for the role."""

from dataclasses import replace

import pytest

from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.proof.reading import (
    find_lowest_confidence,
    prove_amount_reading,
    prove_by_two_engines,
    prove_words_by_two_engines,
)
from invoicewatch.records import Candidate, Line, Source


@pytest.fixture
def amount_of(draw):
    """The amount on a scanned row, its words seen by another engine as ``others`` says, by text."""

    def find(text, others=(), source=Source.OCR):
        reading = draw(text, source=source)
        seen = dict(others)
        words = [
            replace(w, others=(Candidate(seen[w.text], 90.0, "rapidocr"),) if w.text in seen else ())
            for line in reading.lines
            for w in line.words
        ]
        page = view_page(replace(reading, lines=(Line(tuple(words)),)))
        return find_amounts(page.rows[0], page.char_width)[-1]

    return find


def test_a_text_layer_proves_the_reading(amount_of):
    assert "text layer" == prove_amount_reading(amount_of("Total 31.00", source=Source.TEXT_LAYER))


@pytest.mark.parametrize(
    ("other", "expected"),
    [("31.00", "two engines agree"), ("31,00", "two engines agree"), ("34.00", ""), ("3l.00", ""), ("thirty", "")],
)
def test_two_engines_prove_the_same_value_and_nothing_else(amount_of, other, expected):
    assert expected == prove_by_two_engines(amount_of("Total 31.00", {"31.00": other}))


def test_one_engine_alone_proves_nothing(amount_of):
    assert "" == prove_amount_reading(amount_of("Total 31.00"))


def test_a_correction_is_no_reading(amount_of):
    amount = amount_of("Total 31.00", {"31.00": "31.00"})
    words = tuple(replace(word, raw="3I.00") if word.text == "31.00" else word for word in amount.row.words)
    corrected = replace(amount, row=replace(amount.row, words=words))
    assert "" == prove_by_two_engines(corrected)
    assert "" == prove_words_by_two_engines(corrected.words)


def test_an_amount_whose_head_may_be_cut_off_is_not_proved(amount_of):
    amount = amount_of("Total 4O 772,69", {"772,69": "772,69"})
    assert ("772.69", True) == (str(amount.value), amount.cut)
    assert "" == prove_amount_reading(amount)


def test_the_least_sure_figure_counts_and_words_do_not(amount_of):
    row = amount_of("Total 31.00").row
    words = (replace(row.words[0], confidence=10.0), replace(row.words[1], confidence=90.0))
    assert 90.0 == find_lowest_confidence(words)

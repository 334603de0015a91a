import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.answers.safe import REPLACEMENT, escape_formula, make_printable


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[31m",
        "\x1b]0;title\x07",
        "\x9b2J",
        "\u202eevil",
        "\u2066",
        "\x00",
        "\r",
        "\x08",
        "\u200b",
        "\udcff",
        "\ue001",
    ],
)
def test_what_a_terminal_might_obey_is_replaced(hostile):
    assert REPLACEMENT in make_printable(f"a{hostile}b")
    assert "\x1b" not in make_printable(hostile)


@pytest.mark.parametrize("text", ["Müller & Söhne", "发票 №5", "1 234,56 €", "→ ✓"])
def test_ordinary_text_stays_as_it_is(text):
    assert text == make_printable(text)


@given(st.text(alphabet=st.characters()))
def test_nothing_that_controls_gets_through(text):
    assert not {unicodedata.category(c) for c in make_printable(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM", "\t=1", "\r=1", "\n=1"])
def test_a_formula_becomes_text(text):
    assert escape_formula(text) == f"'{text}"

import pytest

from invoicewatch.correct.words.forms import find_cores, is_inflection, match_case


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("Einen", "einer", True), ("receipts", "receipt", True), ("ltem", "Item", False), ("Saies", "Sales", False)],
)
def test_an_ending_is_grammar(one, other, expected):
    assert is_inflection(one, other) is expected


@pytest.mark.parametrize(
    ("word", "model", "expected"),
    [
        ("sales", "SAIES", "SALES"),
        ("sales", "Saies", "Sales"),
        ("sales", "saies", "sales"),
        ("invoice", "1nvoice", "invoice"),
        ("invoice", "1NV0ICE", "INVOICE"),
        ("total", "", "total"),
    ],
)
def test_a_word_is_written_as_the_misread_one_was(word, model, expected):
    assert expected == match_case(word, model)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("Total", [("", "Total", "")]),
        ("**Total:", [("**", "Total", ":")]),
        ("[tem", [("[", "tem", ""), ("", "[tem", "")]),
        ("Cashie!:", [("", "Cashie", "!:"), ("", "Cashie!", ":")]),
        ("--", [("--", "", "")]),
    ],
)
def test_a_bracket_or_bar_beside_a_word_may_be_a_letter_of_it(token, expected):
    assert expected == find_cores(token)

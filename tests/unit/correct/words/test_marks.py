import pytest

from invoicewatch.correct.words.marks import mend_marks, mend_tax_code, split_words, strip_stray
from invoicewatch.correct.words.vocabulary import Vocabulary
from invoicewatch.records import Box, Line, Word

VOCABULARY = Vocabulary(
    {"eng": {"tax": 90.0, "code": 90.0, "gst": 90.0, "summary": 40.0, "no": 90.0, "of": 90.0, "take": 5.0, "out": 5.0}}
)


def make_line(text):
    return Line(tuple(Word(word, Box(0, 0, 1, 1), 50.0, "tesseract") for word in text.split()))


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("__TAX", "TAX"),
        ("“Total", "Total"),
        ("Tax_", "Tax"),
        ("“109.70", "109.70"),
        ("“quoted”", "“quoted”"),
        ("—", "—"),
        ("Total", "Total"),
        ("_", "_"),
    ],
)
def test_stray_marks_go_but_words_stay(token, expected):
    assert strip_stray(token) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gardenia\u2019s", "Gardenia's"),
        ("Tel;", "Tel:"),
        ("GST);", "GST):"),
        ("2;", "2;"),
        ("\u201899", "99"),
        ("a;", "a;"),
        ("Tel; 03-1234", "Tel:"),
        ("projector; both", "projector;"),
    ],
)
def test_marks_are_mended(text, expected):
    assert mend_marks(make_line(text), 0) == expected


def test_a_section_sign_is_a_tax_code_unless_a_section_follows():
    assert mend_tax_code(make_line("1.60 §"), 1) == "S"
    assert mend_tax_code(make_line("BAGS *§"), 1) == "*S"
    assert mend_tax_code(make_line("nach § 19 UStG"), 1) is None
    assert mend_tax_code(make_line("1.60 S"), 1) is None


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("TaxCode", "Tax Code"),
        ("GSTSUMMARY:", "GST SUMMARY:"),
        ("CodeGST", "Code GST"),
        ("GSTCode", "GST Code"),
        ("CodeSummary", "Code Summary"),  # no compound has a capital within
        ("CODESUMMARY", None),  # as German runs words together
        ("CODENO:", "CODE NO:"),
        ("CODEOF", None),  # no end of a label
        ("TakeOut", None),  # not common enough to be sure
        ("Taxcode", None),
        ("Tax", None),
        ("TaxCode1", None),
    ],
)
def test_only_two_common_words_are_told_apart(token, expected):
    assert split_words(token, VOCABULARY) == expected

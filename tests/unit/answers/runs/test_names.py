"""Names that people and programs give to files, and what becomes of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invoicewatch.answers.runs.names import LONGEST_BYTES, make_name
from invoicewatch.config.settings import IGNORED_NAMES
from invoicewatch.errors import ConfigError
from invoicewatch.intake.scan import make_ignore

is_ignored = make_ignore(IGNORED_NAMES)


@pytest.mark.parametrize(
    ("given_name", "made"),
    [
        ("Rechnung März 2024.pdf", "Rechnung März 2024.pdf"),
        ("C:\\fakepath\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "upload"),
        ("", "upload"),
        ("a/", "upload"),
        (".hidden.pdf", "hidden.pdf"),
        ("~$report.pdf", "_report.pdf"),
        ("scan.pdf.part", "upload scan.pdf.part.pdf"),
        ("Thumbs.db", "upload Thumbs.db"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("a\r\nSet-Cookie: b.pdf", "a__Set-Cookie_ b.pdf"),
        ("a\0b.pdf", "a_b.pdf"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("\udcff.pdf", "_.pdf"),
        ('a"b<c>d|e?f*g.pdf', "a_b_c_d_e_f_g.pdf"),
        ("  spaces   inside .pdf ", "spaces inside.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
    ],
)
def test_a_name_is_kept_recognisable_and_made_harmless(given_name, made):
    assert made == make_name(given_name, is_ignored).decode()


def test_a_long_name_is_cut_between_characters_and_keeps_its_suffix():
    made = make_name("ü" * 300 + ".pdf", is_ignored)
    assert len(made) in {LONGEST_BYTES, LONGEST_BYTES - 1}
    assert made.decode().endswith("ü.pdf")


@example("\0" * 50)
@example(".part")
@example("a" * 199 + ".tmp")
@given(st.text(max_size=400))
def test_whatever_it_is_called_it_lies_in_the_inbox_and_is_taken_up(text):
    made = make_name(text, is_ignored)
    assert not is_ignored(made)
    assert 0 < len(made) <= 255 - len(".reason.txt")
    assert made.decode().isprintable()
    assert not set("/\\\0") & set(made.decode())
    assert made not in {b".", b".."}


def test_an_inbox_that_takes_nothing_says_so():
    with pytest.raises(ConfigError, match="passes over"):
        make_name("a.pdf", make_ignore(["*.pdf"]))

"""Separator sheets are known by their words."""

import pytest

from invoicewatch.pages.stack.separators import is_separator
from invoicewatch.records import Box, Line, Reading, Word


def read(text):
    lines = tuple(
        Line(tuple(Word(word, Box(0.1, 0.1, 0.2, 0.2), 90, "plain") for word in line.split()))
        for line in text.splitlines()
    )
    return Reading(1, lines, "plain 1")


@pytest.mark.parametrize(
    "text", ["PATCH T", "PATCHT", "|||||| ||||\nPatch Code T", "- Trennblatt -", "Séparateur", "PAGE SEPARATOR 12"]
)
def test_a_page_with_little_but_its_name_is_a_separator(text):
    assert is_separator(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Invoice 17",
        "Patchwork Tops",
        "1 x Oil separator for workshops 120.00\nplease pay within thirty days to our account at the bank",
    ],
)
def test_other_pages_are_none(text):
    assert not is_separator(read(text))

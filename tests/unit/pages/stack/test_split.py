"""Where a feeder's stack is cut: every page ends up in one part or is left out, and nothing is recorded twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.pages.stack.split import PageKind, find_parts

KINDS = {"F": PageKind.CONTENT, "b": PageKind.BLANK, "S": PageKind.SEPARATOR}


def split(pages):
    """The parts of a stack written as F (says something), b (blank), S (separator)."""
    return [part.pages for part in find_parts([KINDS[page] for page in pages])]


@pytest.mark.parametrize(
    ("pages", "parts"),
    [
        ("FbF", [(1,), (3,)]),
        ("FFbFbFFF", [(1, 2), (4,), (6, 7, 8)]),
        ("FbFF", [(1,), (3, 4)]),
        ("FFSFSF", [(1, 2), (4,), (6,)]),
    ],
    ids=["two", "three", "even number of pages", "separator sheets"],
)
def test_a_one_sided_stack_is_cut_at_each_sheet_that_was_laid_between(pages, parts):
    assert split(pages) == parts


@pytest.mark.parametrize(
    ("pages", "parts"),
    [
        ("FbFb", [(1, 3)]),
        ("FbbbFbFb", [(1,), (5, 7)]),
        ("FFFbbbFFFF", [(1, 2, 3), (7, 8, 9, 10)]),
        ("FbFbSbFb", [(1, 3), (7,)]),
    ],
    ids=["blank backs alone", "blank sheet", "blank sheet between printed on both sides", "separator sheet"],
)
def test_the_blank_backs_of_a_duplex_scan_cut_nothing(pages, parts):
    assert split(pages) == parts


@pytest.mark.parametrize("pages", ["bFbF", "FbFbb", "bbFbbFbb", "FbbbbF"])
def test_leading_trailing_and_double_blanks_make_no_empty_part(pages):
    assert [pages[number - 1] for part in split(pages) for number in part] == ["F", "F"]
    assert len(split(pages)) == 2


@pytest.mark.parametrize("pages", ["F", "FFF", "b", "bbb", ""])
def test_one_document_and_nothing_at_all_have_no_parts(pages):
    assert split(pages) == []


def test_what_stays_when_blanks_are_left_out_of_one_document_is_one_part():
    assert split("FFb") == [(1, 2)]


@given(st.lists(st.sampled_from(list(PageKind)), max_size=40))
def test_parts_and_pages_left_out_are_all_pages_and_none_twice(kinds):
    parts = find_parts(kinds)
    taken = [number for part in parts for number in part.pages]
    content = [number for number, kind in enumerate(kinds, start=1) if kind is PageKind.CONTENT]
    cut = any(kind is not PageKind.CONTENT for kind in kinds)
    assert taken == (content if cut else [])
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(part.count == len(parts) and part.pages for part in parts)

"""The papers that are made from the program are as it would make them now, and leave nothing out."""

import pytest

from invoicewatch.error_codes import ERROR_CODES
from scripts.make_docs import DOCS, MADE, make_paper
from scripts.papers.commands import list_commands
from scripts.papers.error_sites import find_exit_codes, find_sites
from scripts.papers.marked import BEGIN, END, make_table, replace_made
from scripts.papers.state import list_undescribed


@pytest.mark.parametrize("name", MADE)
def test_a_made_paper_is_as_it_would_be_made_now(name):
    assert make_paper(name) == (DOCS / name).read_text(encoding="utf-8"), "run `make docs`"


def test_every_error_code_is_listed_and_every_listed_one_is_raised():
    assert {site.code for site in find_sites()} == set(ERROR_CODES)


def test_every_error_code_has_a_cause_and_a_remedy():
    assert [code for code, meant in ERROR_CODES.items() if not (meant.cause and meant.remedy.endswith("."))] == []


def test_codes_are_found_where_they_are_raised_recorded_or_a_class_s_own():
    found = {(site.code, site.error) for site in find_sites()}
    assert {("encrypted", "DocumentError"), ("timeout", "Failure"), ("query", "QueryError")} <= found
    assert {("incomplete", "Failure"), ("locked", "Failure")} <= found  # by a constant, and by one of two


def test_an_error_has_its_base_s_exit_code():
    exits = find_exit_codes()
    assert (1, 2, 3, 4) == tuple(
        exits[name] for name in ("DocumentError", "QueryError", "DependencyError", "StoreError")
    )


def test_every_column_says_what_it_means():
    assert list_undescribed() == []


def test_commands_below_a_group_are_named_with_it():
    names = [name for name, _ in list_commands()]
    assert {"search", "model fetch", "service status"} <= set(names)
    assert "model" not in names


def test_what_people_wrote_around_the_made_part_stays():
    paper = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n" == replace_made(paper, "new\n")


@pytest.mark.parametrize("paper", ["no marks", BEGIN, END])
def test_a_paper_without_its_marks_is_refused(paper):
    with pytest.raises(ValueError, match="marks"):
        replace_made(paper, "new")


def test_a_bar_in_a_cell_ends_no_cell():
    assert "| a |\n| --- |\n| b\\|c |" == make_table(["a"], [["b|c"]])

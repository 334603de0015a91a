import csv
import io
import json

import pytest

SAFE = set("\n")


def is_harmless(text):
    return all(c in SAFE or c.isprintable() for c in text)


def test_search_shows_seller_total_date_status_and_the_line(filled):
    done = filled.run("search", "acme", "due")
    assert done.code == 0
    for expected in ("Acme Ltd", "INV-2024/0012", "1,250.00 USD ✓", "2024-03-05", "accepted", "Total Due: $1,250.00"):
        assert expected in done.out


def test_no_hit_is_no_error(filled):
    done = filled.run("search", "nowhere")
    assert (0, "nothing found\n") == (done.code, done.out)


def test_json_is_one_object_a_line(filled):
    done = filled.run("search", "--json", "acme")
    (hit,) = [json.loads(line) for line in done.out.splitlines()]
    assert hit["total"] == "1250.00"
    assert hit["issue_date"] == "2024-03-05"
    assert [hit["match"]["line"][a:b] for a, b in hit["match"]["spans"]] == ["Acme"]


def test_csv_has_a_header_and_plain_numbers_and_no_formula(filled):
    rows = list(csv.DictReader(io.StringIO(filled.run("list", "--csv", "--sort", "oldest").out)))
    assert [row["total"] for row in rows] == ["1250.00", "480.00", "-5.00"]
    assert rows[2]["seller_name"].startswith("'=HYPERLINK")
    assert rows[2]["invoice_number"] == "'@SUM(1)"


@pytest.mark.parametrize(
    "command", [("search", "evil"), ("list",), ("show", "3"), ("list", "--csv"), ("show", "3", "--json")]
)
def test_no_document_reaches_the_terminal_alive(filled, command):
    done = filled.run(*command)
    assert done.code == 0
    assert is_harmless(done.out)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--min", "500"), ["acme.pdf"]),
        (("--max", "480"), ["evil.pdf", "mueller.pdf"]),
        (("--from", "2024-03", "--to", "2024-03"), ["acme.pdf"]),
        (("--currency", "eur"), ["mueller.pdf"]),
        (("--seller", "muller"), ["mueller.pdf"]),
        (("--status", "review"), ["mueller.pdf"]),
        (("--status", "review", "--status", "accepted", "--verified"), ["acme.pdf"]),
        (("--inbox", "inbox", "--unverified"), ["evil.pdf", "mueller.pdf"]),
        (("--since", "2026-03-06"), []),
    ],
)
def test_filters_narrow_a_list(filled, arguments, expected):
    done = filled.run("list", "--json", *arguments)
    assert expected == [json.loads(line)["file_name"] for line in done.out.splitlines()]


def test_options_and_typed_filters_come_together(filled):
    done = filled.run("search", "--json", "total:>100", "--currency", "EUR")
    assert ["mueller.pdf"] == [json.loads(line)["file_name"] for line in done.out.splitlines()]


@pytest.mark.parametrize("arguments", [("--from", "yesterdayish"), ("--min", "abc"), ("--status", "odd")])
def test_an_option_that_means_nothing_is_named(filled, arguments):
    done = filled.run("list", *arguments)
    assert done.code == 2
    assert arguments[0] in done.err


def test_a_typed_filter_that_means_nothing_is_one_line_with_examples(filled):
    done = filled.run("search", "total:>abc")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "total:>500" in done.err


def test_without_a_database_one_line_says_what_to_do(office):
    done = office.run("search", "acme")
    assert done.code == 4
    assert done.err.count("\n") == 1
    assert "Process a document first" in done.err
    assert "Traceback" in office.run("--debug", "search", "acme").err


@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_the_table_fits_the_terminal(filled, width):
    done = filled.run("search", "acme", COLUMNS=width)
    assert max(len(line) for line in done.out.splitlines()) <= int(width)
    assert "1,250.00 USD ✓" in done.out


def test_pages_follow(filled):
    assert "1 to 2, more with --page" in filled.run("list", "-n", "2").out
    assert "3 to 3" in filled.run("list", "-n", "2", "-p", "2").out


def test_open_says_so_if_the_file_is_gone(filled):
    (filled.folder / "archive" / "acme.pdf").unlink()
    done = filled.run("search", "acme", "--open")
    assert done.code == 1
    assert "there is no file at" in done.err

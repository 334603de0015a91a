import pytest

from invoicewatch.answers.find.as_json import hit_to_json
from invoicewatch.answers.find.as_rows import COLUMNS, make_rows
from invoicewatch.answers.find.hits import find_file, search_records
from invoicewatch.errors import DocumentError
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Query

EVERYTHING = Query((), Filters())


def find(shelf, page=1, limit=2):
    return search_records(shelf.state, EVERYTHING, sort="oldest", limit=limit, page=page)


def test_pages_follow_one_another(shelf):
    numbers = [shelf.save(f"{name}.pdf") for name in "abc"]
    first, second = find(shelf), find(shelf, 2)
    assert numbers == [hit.summary.id for hit in (*first.hits, *second.hits)]
    assert (True, False) == (first.more, second.more)


def test_the_file_of_a_hit_is_named_while_it_is_there(shelf):
    shelf.save("a.pdf")
    (hit,) = find(shelf).hits
    assert shelf.archive / "a.pdf" == find_file(hit)
    (shelf.archive / "a.pdf").unlink()
    with pytest.raises(DocumentError, match="there is no file"):
        find_file(hit)


def test_rows_are_harmless_and_say_which_part_of_a_file_they_stand_for(shelf):
    shelf.save("a.pdf", seller_name="@SUM(1)\x1b[2J")
    shelf.save_parts("stack.pdf")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in make_rows(find(shelf, limit=9).hits)]
    assert "'@SUM(1)\N{REPLACEMENT CHARACTER}[2J" == rows[0]["seller_name"]
    assert ["", "1", "2"] == [row["part"] for row in rows]
    assert "12.50" == rows[0]["total"]


def test_a_hit_without_a_line_has_no_match(shelf):
    number = shelf.save("a.pdf")
    (hit,) = find(shelf).hits
    values = hit_to_json(hit)
    assert (number, None) == (values["id"], values["match"])

"""Search: what is found, how it is narrowed down, and what is downloaded."""

import html
import json
import re
import threading
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from invoicewatch.records import Status
from invoicewatch.store.search.snippet import Snippet
from invoicewatch.web.pages.find import export_apart, search
from invoicewatch.web.pages.find.search import cut_line
from invoicewatch.web.people.rights import Right


@pytest.fixture
def visit(office):
    office.save("a.png", total=Decimal("99.50"), issue_date=date(2024, 3, 5), due_date=date(2024, 4, 5))
    office.save("b.png", seller_name="Bolt <b>", total=Decimal("512.00"), issue_date=date(2024, 5, 1), currency="CHF")
    office.save("c.png", seller_name="Cup", total=None, issue_date=None, status=Status.ACCEPTED)
    return office.visit(Right.READER)


def ask(visit, query="", **more):
    answer = visit.client.get("/search", params={"q": query, **more})
    assert 200 == answer.status_code
    return html.unescape(answer.text)


def list_records(page):
    return [int(number) for number in re.findall(r'href="/record/(\d+)"', page)]


def test_a_query_is_the_language_of_the_command_line(visit):
    found = {
        "": [3, 2, 1],
        "acme": [1, 3, 2],
        "seller:acme": [1],
        "total:>100": [2],
        "status:ok": [3],
        "total due:2024-04": [1],
        "nowhere": [],
    }
    assert found == {query: list_records(ask(visit, query)) for query in found}


def test_what_lacks_a_value_comes_last_in_either_order(visit):
    orders = {"total": [2, 1, 3], "smallest": [1, 2, 3], "date": [2, 1, 3], "earliest": [1, 2, 3]}
    assert orders == {sort: list_records(ask(visit, sort=sort)) for sort in orders}
    assert [3, 2, 1] == list_records(ask(visit, sort="seller-z"))


def test_a_heading_sorts_and_turns_the_order_round(visit):
    page = ask(visit, "status:review", sort="total")
    assert 'aria-sort="descending"><a href="/search?q=status%3Areview&sort=smallest"' in page
    assert '<a href="/search?q=status%3Areview&sort=date"' in page


def test_a_filter_is_a_chip_that_leads_to_the_query_without_it(visit):
    page = ask(visit, 'acme total:>5 seller:"Acme Ltd"')
    assert ["/search?q=acme+seller%3A%22Acme+Ltd%22", "/search?q=acme+total%3A%3E5"] == re.findall(
        r'class="chip" href="([^"]+)"', page
    )


def test_a_filter_that_means_nothing_is_marked_where_it_is(visit):
    page = ask(visit, "acme total:>abc status:review")
    assert 'class="chip wrong" href="/search?q=acme+status%3Areview"' in page
    assert "total:>abc cannot be understood." in page
    assert [] == list_records(page)


def test_a_form_adds_filters_in_place_of_their_like(visit):
    fields = {"q": "acme total:>5", "total_from": "10", "total_to": "99,50", "seller": 'a "b', "status": "review"}
    answer = visit.client.get("/search/narrow", params={**fields, "sort": "date"})
    assert 303 == answer.status_code
    assert (
        "/search?q=acme+seller%3A%22a++b%22+status%3Areview+total%3A10..99%2C50&sort=date" == answer.headers["location"]
    )
    assert "/figures?q=" == visit.get("/search/narrow?to=figures").headers["location"]


def test_texts_of_documents_are_texts(visit):
    page = visit.get("/search?q=bolt").text
    assert "Bolt &lt;b&gt;" in page
    assert "<mark>Bolt</mark>" in page


def test_pages_follow_each_other(visit, monkeypatch):
    monkeypatch.setattr(search, "PER_PAGE", 2)
    first = ask(visit, "total:0..")
    assert "next" not in re.findall(r'rel="(\w+)"', first)
    assert '<a class="button" rel="next" href="/search?q=&page=2">' in ask(visit)
    last = ask(visit, page=2)
    assert [1] == list_records(last)
    assert '<a class="button" rel="prev" href="/search?q=&page=1">' in last
    assert "3 to 3, the last" in last


def test_an_address_that_means_nothing_is_refused(visit):
    for query in ("sort=nothing", "page=0", "page=101", f"q={'x' * 501}", "sort=total'--"):
        assert 422 == visit.get(f"/search?{query}").status_code


def test_what_is_found_is_downloaded(visit):
    answer = visit.get("/search/export?q=total:%3E100&kind=csv")
    assert re.fullmatch(r'attachment; filename="invoices-\d{4}-\d\d-\d\d\.csv"', answer.headers["content-disposition"])
    lines = answer.text.splitlines()
    assert 2 == len(lines)
    assert "Bolt <b>" in lines[1]
    book = load_workbook(BytesIO(visit.get("/search/export?kind=xlsx").content), read_only=True)
    assert 4 == len(list(book["invoices"].rows))


def test_an_export_of_too_much_or_beside_another_is_refused(office, visit, monkeypatch):
    monkeypatch.setattr("invoicewatch.web.pages.find.export.MOST", 2)
    answer = visit.get("/search/export", accept="application/json")
    assert (422, "too_many_hits") == (answer.status_code, answer.json()["code"])
    with office.site.exporting:
        assert 503 == visit.get("/search/export?q=bolt").status_code
    assert 200 == visit.get("/search/export?q=bolt").status_code
    assert 422 == visit.get("/search/export?q=total:x").status_code


def test_an_export_without_a_database_says_so(office, visit):
    (office.state / "invoicewatch.db").rename(office.state / "away")
    answer = visit.get("/search/export", accept="application/json")
    assert (500, "no_database") == (answer.status_code, answer.json()["code"])


def test_a_line_is_cut_before_its_match():
    line = "x" * 60 + " due"
    assert [("…", False), ("x" * 39 + " ", False), ("due", True)] == cut_line(Snippet(line, ((61, 64),)))


def test_searches_side_by_side_do_not_hinder_each_other(visit):
    ask(visit, "bolt")  # the first request builds the page, and silences a warning for all threads meanwhile
    pages = []
    threads = [threading.Thread(target=lambda: pages.append(ask(visit, "bolt"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[2]] * 4 == [list_records(page) for page in pages]


def test_an_export_that_fails_says_where_and_quotes_nothing(office, monkeypatch):
    def fail(*_, **__):
        raise ValueError("IBAN of somebody")

    monkeypatch.setattr(export_apart, "export_records", fail)
    monkeypatch.setattr("os.nice", lambda _: 0)
    asked = {"state_dir": str(office.state), "text": "", "today": "2024-03-05", "kind": "csv", "path": "x"}
    with pytest.raises(SystemExit) as ended:
        export_apart.main(json.dumps(asked | {"most": 1, "lines": False}))
    assert str(ended.value).startswith("ValueError at ")
    assert "somebody" not in str(ended.value)
    assert ended.value.__suppress_context__

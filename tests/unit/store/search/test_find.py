import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.store.search.find import Window, search
from invoicewatch.store.search.query_text import QueryError, parse_query
from tests.unit.store.conftest import Store

TODAY = date(2026, 3, 5)


def find(store, text, page=None):
    with store.reader() as reader:
        return search(reader, parse_query(text, TODAY), page or Window())


def names(store, text, **page):
    return [hit.summary.file_name for hit in find(store, text, Window(**page)).hits]


@pytest.fixture
def shelf(store):
    return fill(store)


@pytest.fixture(scope="module")
def shelf_to_read(tmp_path_factory, make_state):
    """The same for all tests that save nothing."""
    store = Store(make_state(tmp_path_factory.mktemp("shelf")))
    yield fill(store)
    store.database.close()


def fill(store):
    plain = {"enhanced_text": None, "edits": ()}
    store.save(store.make_invoice("acme.pdf"))
    store.save(
        store.with_fields(
            store.make_invoice(
                "mueller.pdf", raw_text="Müller & Söhne AG\nRechnung 77-B\nIhr Müllermeister Jäger-Test", **plain
            ),
            seller_name="Müller & Söhne AG",
            invoice_number="77-B",
            issue_date=date(2024, 7, 1),
            total=Decimal("480.00"),
            currency="EUR",
        )
    )
    store.save(
        store.with_fields(
            store.make_invoice("fapiao.png", raw_text="增值税发票\n北京公司 合计 300.00", **plain),
            seller_name="北京公司",
            invoice_number="20240099",
            issue_date=date(2025, 1, 2),
            total=Decimal("300.00"),
            currency="CNY",
        )
    )
    store.save(
        store.with_fields(
            store.make_invoice("misread.tif", raw_text="Acne Widgets\nmentions Grünwald as a modem shop", **plain),
            seller_name=None,
            invoice_number=None,
            issue_date=None,
            total=None,
        )
    )
    return store


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme", ["acme.pdf", "misread.tif"]),
        ("ACME widgets", ["acme.pdf", "misread.tif"]),
        ("inv0ice", ["acme.pdf"]),
        ("invoice", ["acme.pdf"]),
        ("INV-2024/0012", ["acme.pdf"]),
        ("INV20240012", ["acme.pdf"]),
        ("2024001", ["acme.pdf"]),
        ("1,250.00", ["acme.pdf"]),
        ("1250.00", ["acme.pdf"]),
        ("muller", ["mueller.pdf"]),
        ("Mueller", ["mueller.pdf"]),
        ("MÜLLER", ["mueller.pdf"]),
        ("gruenwald", ["misread.tif"]),
        ("Jaeger-Test", ["mueller.pdf"]),
        ("jager-test", ["mueller.pdf"]),
        ("Test-Jaeger", []),
        ("ag", ["mueller.pdf"]),
        ("meister", ["mueller.pdf"]),
        ("发票", ["fapiao.png"]),
        ("公司", ["fapiao.png"]),
        ("fapiao.png", ["fapiao.png"]),
        ("apia", ["fapiao.png"]),
        ("modern", ["misread.tif"]),
        ("widgots", ["acme.pdf", "misread.tif"]),
        ('"widgets ltd"', ["acme.pdf"]),
        ('"ltd widgets"', []),
        ("nothing", []),
        ("seller:acme", ["acme.pdf"]),
        ("seller:sohne", ["mueller.pdf"]),
        ("number:0012", ["acme.pdf"]),
        ("widgets total:>500", ["acme.pdf"]),
    ],
)
def test_people_find_what_they_mean(shelf_to_read, text, expected):
    assert sorted(expected) == sorted(names(shelf_to_read, text))


def test_the_seller_comes_before_a_mention_and_a_misreading(shelf):
    shelf.save(shelf.make_invoice("mention.pdf", raw_text="Delivered for Acme", enhanced_text=None, fields={}))
    assert names(shelf, "acme") == ["acme.pdf", "mention.pdf", "misread.tif"]


def test_a_hit_shows_its_line_with_the_words_marked(shelf_to_read):
    hit = find(shelf_to_read, "due total").hits[0]
    assert hit.snippet.line == "Total Due: $1,250.00"
    assert [hit.snippet.line[a:b] for a, b in hit.snippet.spans] == ["Total", "Due"]


def test_filters_narrow_and_sorting_orders(shelf_to_read):
    assert names(shelf_to_read, "total:300..500", sort="total") == ["mueller.pdf", "fapiao.png"]
    assert names(shelf_to_read, "total:>300 total:<480") == []
    assert names(shelf_to_read, "date:2024", sort="oldest") == ["acme.pdf", "mueller.pdf"]
    assert names(shelf_to_read, "date:2024-04..2025") == ["fapiao.png", "mueller.pdf"]
    assert names(shelf_to_read, "currency:eur") == ["mueller.pdf"]
    assert names(shelf_to_read, "verified:no") == ["misread.tif"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["misread.tif", "fapiao.png", "mueller.pdf", "acme.pdf"]),
        ("oldest", ["acme.pdf", "mueller.pdf", "fapiao.png", "misread.tif"]),
        ("date", ["fapiao.png", "mueller.pdf", "acme.pdf", "misread.tif"]),
        ("total", ["acme.pdf", "mueller.pdf", "fapiao.png", "misread.tif"]),
        ("seller", ["acme.pdf", "mueller.pdf", "fapiao.png", "misread.tif"]),
        ("due", ["misread.tif", "fapiao.png", "mueller.pdf", "acme.pdf"]),
    ],
)
@pytest.mark.parametrize("text", ["", "since:2020 status:accepted"])
def test_every_order_puts_what_lacks_the_value_last(shelf_to_read, text, sort, expected):
    assert expected == names(shelf_to_read, text, sort=sort)


def test_pages_follow_one_another_without_gap_or_overlap(store):
    for i in range(7):
        store.save(store.make_invoice(f"{i}.pdf"))
    pages = [find(store, "acme", Window(limit=3, offset=offset)) for offset in (0, 3, 6)]
    assert [h.summary.file_name for p in pages for h in p.hits] == [f"{i}.pdf" for i in range(6, -1, -1)]
    assert [p.more for p in pages] == [True, True, False]


def test_what_was_on_paper_and_what_was_read_are_both_found(store):
    store.save(store.make_invoice(raw_text="Qxzwv Schraubendreher", enhanced_text="Quarz Schraubendreher", fields={}))
    assert names(store, "qxzwv") == names(store, "quarz") == ["scan.pdf"]


def test_what_a_new_run_no_longer_reads_is_no_longer_found(store):
    store.save(store.make_invoice())
    store.save(store.make_invoice(raw_text="Something else", enhanced_text=None, fields={}))
    assert names(store, "acme") == []
    assert names(store, "something") == ["scan.pdf"]


HOSTILE = [
    "acme",
    '"',
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "*",
    ":",
    "words:",
    "'",
    "--",
    ";",
    "(",
    ")",
    "^",
    "\x00",
    "\ue001acme",
]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.lists(st.sampled_from(HOSTILE), max_size=8).map(" ".join))
def test_no_text_is_ever_sql_or_fts_syntax(shelf_to_read, text):
    try:
        query = parse_query(text, TODAY)
    except QueryError:
        return  # a filter such as "total:x": refused as a filter, with a remedy
    with shelf_to_read.reader() as reader:
        assert len(search(reader, query, Window()).hits) <= 4


def test_reading_sees_what_was_committed_while_a_writer_is_at_work(shelf):
    with shelf.database.begin() as session:
        from invoicewatch.store.records.invoices import save_invoice

        save_invoice(session, shelf.make_invoice("new.pdf"), arrived=shelf.arrived)
        assert "new.pdf" not in names(shelf, "acme")
    assert "new.pdf" in names(shelf, "acme")


def test_the_query_path_loads_no_heavy_library():
    code = (
        "import sys, invoicewatch.store.search.find, invoicewatch.store.records.query;"
        "heavy = {'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'numpy', 'PIL', 'rich'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

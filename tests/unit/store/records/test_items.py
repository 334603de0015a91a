"""Lines and tax by rate: kept exactly, replaced by every run, found by their names, and forgotten with their record."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import Box, InvoiceLine, Source, TaxByRate
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.search.find import Window, search
from invoicewatch.store.search.query_text import parse_query
from invoicewatch.store.upkeep.forget import erase_traces, forget_invoice

LINE = InvoiceLine(
    "Garden hose", Decimal("2.5"), "m", Decimal("0.02581"), Decimal("0.06"), None, Decimal(20), Source.OCR, True,
    1, Box(0.1, 0.2, 0.3, 0.25),
)  # fmt: skip
STATED = InvoiceLine(
    "Wheelbarrow\udcfc", None, "", None, None, Decimal(40), None, Source.E_INVOICE, False, path="(InvoiceLine)[2]"
)
TAX = TaxByRate("S", Decimal(20), Decimal("0.06"), Decimal("0.01"), Source.OCR, True, 1, Box(0.1, 0.3, 0.3, 0.35))


def find_numbers(store, text):
    with open_reader(store.state_dir) as reader:
        return [hit.summary.id for hit in search(reader, parse_query(text, store.arrived.date()), Window()).hits]


def test_lines_and_taxes_come_back_as_they_were(store):
    store.save(store.make_invoice(lines=(LINE, STATED), taxes=(TAX,)))
    kept = store.load(1).machine
    assert LINE == kept.lines[0]
    assert (r"Wheelbarrow\udcfc", Decimal(40), "(InvoiceLine)[2]") == (
        kept.lines[1].description,
        kept.lines[1].gross,
        kept.lines[1].path,
    )
    assert (TAX,) == kept.taxes


def test_a_new_run_replaces_them_and_their_words(store):
    store.save(store.make_invoice(lines=(STATED, LINE), taxes=(TAX, TAX)))
    store.save(store.make_invoice(lines=(LINE,), taxes=()))
    assert ((LINE,), ()) == (store.load(1).machine.lines, store.load(1).machine.taxes)
    assert ([1], []) == (find_numbers(store, "hose"), find_numbers(store, "wheelbarrow"))


def test_goods_are_found_by_name_and_shown_where_no_text_holds_them(store):
    store.save(store.make_invoice(lines=(replace(LINE, source=Source.E_INVOICE),)))
    store.save(store.make_invoice("other.pdf"))
    assert [1] == find_numbers(store, "garden hose")
    with open_reader(store.state_dir) as reader:
        (hit,) = search(reader, parse_query("hose", store.arrived.date()), Window()).hits
    assert hit.snippet is not None
    assert "Garden hose" == hit.snippet.line


def test_forgetting_a_record_leaves_no_line_of_it(store):
    store.save(store.make_invoice(lines=(LINE,), taxes=(TAX,)))
    with store.database.begin() as session:
        forget_invoice(session, 1, store.doer)
    erase_traces(store.database)
    with open_reader(store.state_dir) as reader:
        assert [] == list(reader.rows("SELECT * FROM invoice_line")) + list(reader.rows("SELECT * FROM tax_by_rate"))
        assert [] == list(reader.rows("SELECT * FROM word WHERE term = 'hose'"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_figures_keep_every_place(figure):
    from invoicewatch.store.records.item_rows import make_line_rows

    (row,) = make_line_rows(1, [InvoiceLine("a", figure, "", None, figure, None, None, Source.OCR, verified=False)])
    assert row["net"] is not None
    assert figure == Decimal(row["net"])
    assert "E" not in row["net"]


def test_a_database_without_the_tables_gets_them(store):
    store.save(store.make_invoice())
    with store.database.begin() as session:
        run = session.connection().exec_driver_sql
        for table in ("invoice_line", "tax_by_rate", "page_words", "refused_edit", "log_value", "log_entry"):
            run(f"DROP TABLE {table}")
        run("UPDATE alembic_version SET version_num = '0008'")
    store.database.close()
    open_database(store.state_dir).close()
    assert () == store.load(1).machine.lines

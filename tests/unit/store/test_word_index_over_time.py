"""Whatever is recorded, read again, corrected by a person and forgotten: the word index stays sound and exact.

The index keeps no texts: to take an entry out, it must be told the very words that it was given, or it is damaged
(SQLITE_CORRUPT_VTAB). So each run ends in SQLite's own checks, and in a comparison with an index made anew.
"""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from invoicewatch.records import Failure, Status
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.index.full_text import rebuild_index
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.recording import record_parts
from invoicewatch.store.upkeep.forget import erase_traces, forget_invoice
from tests.unit.store.conftest import make_invoice, with_fields

WHEN = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
WORDS = (
    "Acme",
    "ACME",
    "Müller",
    "Mueller",
    "Mu\u0308ller",
    "发票",
    "INV-2024/0012",
    "1.250,00",
    "x" * 60,
    "\udcfc",
    "",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(lambda words: "\n".join(words).replace("\udcfc", "\\udcfc"))
NAMES = st.sampled_from(("a.pdf", "b.pdf", "m\udcfcll.pdf"))
INDEXES = ("word_index", "word_trigram")


class Office(RuleBasedStateMachine):
    """One database through all that can happen to a record."""

    template: Path

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(database_path(self.template), database_path(self.folder))
        self.database = open_database(self.folder)
        self.numbers = set()

    @rule(name=NAMES, raw=TEXTS, enhanced=st.none() | TEXTS, seller=st.none() | st.sampled_from(WORDS[:5]))
    def record_or_read_again(self, name, raw, enhanced, seller):
        invoice = replace(make_invoice(name), raw_text=raw, enhanced_text=enhanced, edits=())
        with self.database.begin() as session:
            kept = record_parts(session, [with_fields(invoice, seller_name=seller)], arrived=WHEN)
        self.numbers |= {number for number, _ in kept}

    @rule(name=NAMES)
    def fail(self, name):
        failed = replace(
            make_invoice(name), status=Status.FAILED, fields={}, raw_text="", enhanced_text=None, edits=(),
            error=Failure("encrypted", "it is encrypted"),
        )  # fmt: skip
        with self.database.begin() as session:
            self.numbers.add(save_invoice(session, failed, arrived=WHEN))

    @precondition(lambda self: self.numbers)
    @rule(
        data=st.data(),
        entry=st.sampled_from(
            [
                {"seller_name": Entry("Müller & Söhne")},
                {"seller_name": Entry(None)},
                {"seller_name": Entry(withdrawn=True)},
                {"total": Entry(Decimal("12.50")), "invoice_number": Entry("RE 7/2024")},
            ]
        ),
    )
    def correct(self, data, entry):
        number = data.draw(st.sampled_from(sorted(self.numbers)))
        with self.database.begin() as session:
            enter_values(session, number, entry, who="Ada", when=WHEN)

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), traces=st.booleans())
    def forget(self, data, traces):
        number = data.draw(st.sampled_from(sorted(self.numbers)))
        with self.database.begin() as session:
            assert forget_invoice(session, number, Doer("Ada", WHEN))
        self.numbers.discard(number)
        if traces:
            erase_traces(self.database)

    @invariant()
    def is_sound(self):
        with self.database.begin() as session:
            execute = session.connection().exec_driver_sql
            for index in INDEXES:
                execute(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")

    def teardown(self):
        with self.database.begin() as session:
            connection = session.connection()
            assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
            kept = list_index(connection)
            rebuild_index(connection)
            assert list_index(connection) == kept
        self.database.close()
        shutil.rmtree(self.folder)


def list_index(connection):
    """Every word with the record and the place that it stands at."""
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.listed USING fts5vocab(main, word_index, instance)")
    rows = connection.exec_driver_sql("SELECT term, doc, offset FROM temp.listed ORDER BY 1, 2, 3").all()
    connection.exec_driver_sql("DROP TABLE temp.listed")
    return rows


@pytest.mark.timeout(120)
def test_the_index_is_sound_and_exact_whatever_happens(tmp_path):
    open_database(tmp_path).close()
    machine = type("OfficeHere", (Office,), {"template": tmp_path})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=12, deadline=None))

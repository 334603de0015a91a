"""Tasks and outcomes as bytes: they come back as they were, and what is none of them is refused."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from invoicewatch.cluster import carry
from invoicewatch.records import Document, Failure, Field, Invoice, Memory, PageWords, Part, Source, Status
from invoicewatch.records.field import Alternative
from invoicewatch.records.geometry import Box
from invoicewatch.records.looks.paper import Look, LookBook
from invoicewatch.records.page_words import pack_lines
from invoicewatch.records.reading import Lattice, Line, Path, Reading, Word
from invoicewatch.workers.task import Outcome, SpooledFile, Task

ARRIVED = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
BOX = Box(0.1, 0.2, 0.3, 0.4)
WORD = Word("119,00", BOX, 93.0, "tesseract", raw="l19,00")
LINE = Line((WORD,), (Lattice(0, 1, "tesseract", (Path("l19,00", -0.7), Path("119,00", -0.7))),))


def make_invoice(**changes):
    total = Field(
        "total", Decimal("119.00"), 0.9, True, 1, BOX, Source.OCR, "a label", "119,00",
        (Alternative(Decimal("1E+2"), 0.1, None, None, "100"), Alternative("n/a", 0.0, 1, BOX, "n/a")),
    )  # fmt: skip
    day = Field("issue_date", date(2025, 3, 4), 1.0, True, None, None, Source.E_INVOICE, "xml", "", xpath="/a")
    invoice = Invoice(
        "inbox/a.pdf", "5a", "application/pdf", Status.NEEDS_REVIEW,
        fields={"total": total, "issue_date": day, "iban": None}, part=Part(1, 2, (1,)),
        readings=(Reading(1, (LINE,), "tesseract 5"),), words=(PageWords(1, 0, pack_lines([LINE])),),
    )  # fmt: skip
    return replace(invoice, **changes)


def make_task(document=None):
    return Task("7", document or Document("inbox/a.pdf", b"%PDF", "5a", "application/pdf", ARRIVED), Memory())


def test_a_record_comes_back_as_it_was():
    outcome = Outcome("7", (make_invoice(),), stage="extract", worker_pid=3)
    assert outcome == carry.read_outcome(carry.write_outcome(outcome), make_task())


def test_a_failure_comes_back_as_it_was():
    outcome = Outcome("7", failure=Failure("busy", "now", "wait"), transient=True, crashed=True, exit_code=1)
    assert outcome == carry.read_outcome(carry.write_outcome(outcome), make_task())


def test_a_spooled_file_travels_with_its_bytes_and_a_record_with_its_readings(tmp_path):
    file = tmp_path / "claimed"
    file.write_bytes(b"\x00%PDF")
    task = make_task(SpooledFile("in\udcffbox.pdf", file, "5a", "application/pdf", ARRIVED))
    document = carry.read_task(carry.write_task(task), Memory(3)).document
    assert Document("in\\udcffbox.pdf", b"\x00%PDF", "5a", "application/pdf", ARRIVED) == document
    task = make_task(make_invoice())
    assert replace(task, memory=Memory(3)) == carry.read_task(carry.write_task(task), Memory(3))


def test_half_a_character_of_a_broken_text_layer_stops_no_record():
    content = carry.write_outcome(Outcome("7", (make_invoice(raw_text="a\ud800"),)))
    assert (make_invoice(raw_text="a\\ud800"),) == carry.read_outcome(content, make_task()).invoices


def test_of_a_newer_memory_looks_that_stayed_are_the_very_same_objects():
    older = Memory(1, looks=LookBook().renewed([Look(1, 1, 3, "A"), Look(2, 1, 3, "B")]))
    newer = Memory(2, looks=older.looks.renewed([Look(2, 2, 4, "B")]))
    found = carry.read_memory(carry.write_memory(newer), older)
    assert newer == found
    assert found.looks.looks[1] is older.looks.looks[1]
    with pytest.raises(carry.CarryError):
        carry.read_memory(b"\x81", older)


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "6b"},
        {"fields": {"total": replace(make_invoice().fields["total"], value=Decimal("NaN"))}},
        {"fields": {"total": replace(make_invoice().fields["total"], value=Decimal("1E-99"))}},
        {"fields": {"total": replace(make_invoice().fields["total"], confidence=float("nan"))}},
        {"fields": {"total": replace(make_invoice().fields["total"], page=1 << 40)}},
        {"fields": {"iban": make_invoice().fields["total"]}},
        {"words": (PageWords(1, 0, b"no words"),)},
        {"words": (PageWords(1, 0, zlib.compress(bytes(carry.MAX_TEXT + 1))),)},
        {"raw_text": "a" * (carry.MAX_TEXT + 1)},
        {"part": Part(1 << 40, 2, ())},
    ],
)
def test_what_no_document_can_have_is_refused(changes):
    content = carry.write_outcome(Outcome("7", (make_invoice(**changes),)))
    with pytest.raises(carry.CarryError):
        carry.read_outcome(content, make_task())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93\x01\x02\x03",
        carry.write_outcome(Outcome("8", (make_invoice(),))),
        carry.write_outcome(Outcome("7")),
        carry.write_outcome(Outcome("7", (make_invoice(),), failure=Failure("a", "b"))),
        carry.write_outcome(Outcome("7", (make_invoice(),))).replace(b"money", b"honey"),
        carry.write_outcome(Outcome("7", (make_invoice(),))).replace(b"119.00", b"11--00"),
        msgspec.msgpack.encode({"key": "7"}),
    ],
)
def test_bytes_that_are_no_outcome_of_the_task_are_refused(content):
    with pytest.raises(carry.CarryError):
        carry.read_outcome(content, make_task())


def test_whatever_a_machine_names_a_document_it_keeps_its_path():
    content = carry.write_outcome(Outcome("7", (make_invoice(path="/etc/passwd"),)))
    assert (make_invoice(),) == carry.read_outcome(content, make_task()).invoices

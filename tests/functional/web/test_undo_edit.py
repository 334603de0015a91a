"""An edit of the text is undone on the page: a real worker reads the document again without it, and redone."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.set import enter, make_entries
from invoicewatch.answers.runs.process import process_files

MODEL = Path(__file__).parents[3] / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
PRINTED = ["Northwind Widgets Ltd", "Payrnent of INV-4711", "Date: 05 March 2024", "Total due: 125.50 GBP"]
READ_WITHIN_MS = 90_000


@pytest.fixture
def office(office):
    """With a model, one worker, and no second engine; its first record is of a picture with a misprinted word."""
    config = msgspec.structs.replace(
        office.config,
        model=msgspec.structs.replace(office.config.model, path=str(MODEL)),
        workers=msgspec.structs.replace(office.config.workers, count=1),
        ocr=msgspec.structs.replace(office.config.ocr, second_opinion="none"),
    )
    office.site = replace(office.site, config=config)
    page = Image.new("L", (1240, 700), "white")
    for row, line in enumerate(PRINTED):
        ImageDraw.Draw(page).text((120, 100 + 90 * row), line, "black", font_size=40)
    encoded = BytesIO()
    page.save(encoded, "PNG")
    scan = office.folder / "archive" / "scan.png"
    scan.write_bytes(encoded.getvalue())
    assert [1] == [len(parts) for parts in process_files(config, [scan])]
    return office


def find_total(stored):
    field = stored.invoice.fields["total"]
    return field and field.value


def test_an_edit_is_undone_and_redone_and_a_persons_value_stays(open_page, office):
    edits = read_invoice(office.state, "1").machine.edits
    assert ["Payrnent"] == [edit.before for edit in edits]
    enter(office.state, 1, make_entries([("total", "77.70")]), who="ann", when=datetime.now(UTC))
    page = open_page("/record/1", viewport={"width": 1400, "height": 800})

    page.get_by_role("button", name="Undo Payrnent").click()
    expect(page.locator("#reading")).to_contain_text("read again")
    expect(page.locator("#reading[data-stage=done]")).to_be_visible(timeout=READ_WITHIN_MS)
    redo = page.get_by_role("button", name="Redo Payrnent")
    expect(redo).to_be_visible(timeout=READ_WITHIN_MS)
    undone = read_invoice(office.state, "1")
    assert () == undone.machine.edits
    assert "Payrnent" in (undone.machine.enhanced_text or undone.machine.raw_text)
    assert Decimal("77.70") == find_total(undone)

    redo.click()
    expect(page.get_by_role("button", name="Undo Payrnent")).to_be_visible(timeout=READ_WITHIN_MS)
    redone = read_invoice(office.state, "1")
    assert edits == redone.machine.edits
    assert Decimal("77.70") == find_total(redone)
    expect(page.locator(".history")).to_contain_text("may become “Payment” again")

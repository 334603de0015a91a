"""A file is read alike whatever was read before it, in whichever worker, and by however many threads."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from invoicewatch.config import Config
from invoicewatch.pipeline import process
from invoicewatch.records import Document, Memory, Timings
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from invoicewatch.wiring import build_tools
from tests.environment import make_environment

COMMAND = Path(sys.executable).with_name("invoicewatch")
SAMPLES = [
    make_sample(401, Kind.RECEIPT, Form.JPEG, 2),
    make_sample(402, Kind.INVOICE, Form.PNG, 1),
    make_sample(403, Kind.RECEIPT, Form.PNG, 1),
    make_sample(404, Kind.INVOICE, Form.TIFF, 2),
]


def read_all(folder, names, *, workers):
    """The records by file name as JSON, timings aside."""
    home = folder.parent
    (home / "config.toml").write_text(f'[correct]\nmode = "off"\n[workers]\ncount = {workers}\n', encoding="utf-8")
    command = [COMMAND, "--config", home / "config.toml", "process", "--json", "--no-store"]
    env = make_environment(home)
    files = [folder / name for name in names]
    result = subprocess.run([*command, *files], capture_output=True, text=True, timeout=280, env=env, check=False)
    assert result.returncode == 0, result.stderr
    records = [json.loads(line) for line in result.stdout.splitlines()]
    return {
        Path(record["path"]).name: json.dumps({key: value for key, value in record.items() if key != "timings"})
        for record in records
    }


def test_neither_order_nor_workers_change_a_record(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    for sample in SAMPLES:
        (folder / sample.name).write_bytes(sample.content)
    names = [sample.name for sample in SAMPLES]

    alone = {name: record for name in names[:2] for name, record in read_all(folder, [name], workers=1).items()}
    forwards = read_all(folder, names, workers=1)
    backwards = read_all(folder, names[::-1], workers=2)

    assert forwards == backwards
    assert alone == {name: forwards[name] for name in names[:2]}


@pytest.fixture(scope="module")
def stack():
    """A TIFF of three pages, an invoice each."""
    pages = [
        Image.open(io.BytesIO(make_sample(number, Kind.INVOICE, Form.PNG, 1).content)).convert("L")
        for number in (411, 412, 413)
    ]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    content = buffer.getvalue()
    return Document("stack.tiff", content, sha256(content).hexdigest(), "image/tiff", datetime(2026, 1, 1, tzinfo=UTC))


def test_pages_read_side_by_side_are_read_as_one_after_the_other(stack):
    config = Config()
    config = msgspec.structs.replace(config, correct=msgspec.structs.replace(config.correct, mode="off"))
    records = []
    for threads in (1, 3):
        tools = build_tools(config, use_model=False, page_threads=threads)
        invoices = process(stack, tools, Memory(), date(2026, 1, 1))
        tools.close()
        records.append([replace(invoice, timings=Timings()) for invoice in invoices])
    assert records[0] == records[1]

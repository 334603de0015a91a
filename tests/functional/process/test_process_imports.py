"""A file that needs no engine and no model has nothing of them loaded."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from tests.environment import make_environment

# Not tesserocr: every record names the version of Tesseract, and only the library itself tells it (25 ms).
HEAVY = {"openvino", "onnxruntime", "rapidocr", "llama_cpp", "sqlalchemy"}
SCRIPT = """
import sys
from pathlib import Path
from invoicewatch import wiring
from invoicewatch.config import Config
from invoicewatch.records import Memory
from invoicewatch.workers.child import build_default_tools, process_by_pipeline
from invoicewatch.workers.inputs import read_document
wiring.import_road()
before = set(sys.modules)
tools = build_default_tools(Config(), use_model=True, page_threads=1)
tools.warm(lambda: None, now=False)
own = {name for name in set(sys.modules) - before if name.startswith("invoicewatch.")}
process_by_pipeline(read_document(Path(sys.argv[1]), 10**7), tools, Memory(), lambda _: None)
print(*sorted(sys.modules))
print(*sorted(own))
"""


# A page may show a code, which is looked for in its picture.
@pytest.mark.parametrize(("form", "heavy"), [(Form.UBL, HEAVY | {"cv2"}), (Form.TEXT_PDF, HEAVY)])
def test_neither_engines_nor_the_model_nor_the_store_are_loaded(tmp_path, form, heavy):
    file = tmp_path / "document"
    file.write_bytes(make_sample(2, Kind.INVOICE, form).content)
    command = [sys.executable, "-c", SCRIPT, str(file)]
    run = subprocess.run(command, env=make_environment(tmp_path), capture_output=True, text=True, check=True)
    loaded, late = (set(line.split()) for line in run.stdout.split("\n")[:2])
    assert "invoicewatch.pipeline.road" in loaded
    assert set() == heavy & loaded
    # What is imported ahead is all of what the tools need: the settings are waited for, not the imports.
    assert set() == late


COMMAND = """
import atexit, sys
from invoicewatch.cli.main import main
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
main(["process", "--json", *sys.argv[1:]])
"""
# What writes records, what checks options, what logs, what draws bars.
WRITING = {"sqlalchemy", "pydantic", "structlog", "rich"}


def test_nothing_that_writes_is_loaded_where_there_is_nothing_to_record(tmp_path):
    file = tmp_path / "document"
    file.write_bytes(make_sample(2, Kind.INVOICE, Form.UBL).content)

    def run(*names):
        command = [sys.executable, "-c", COMMAND, *map(str, names)]
        done = subprocess.run(command, env=make_environment(tmp_path), capture_output=True, text=True, check=False)
        return [json.loads(line)["status"] for line in done.stdout.splitlines()], set(done.stderr.split())

    first, loaded = run(file)
    assert ["accepted"] == first
    assert loaded > {"sqlalchemy", "structlog"}
    again, loaded = run(file, tmp_path / "missing")
    assert ["duplicate", "failed"] == again
    assert "invoicewatch.store.database.reader" in loaded
    assert set() == WRITING & loaded

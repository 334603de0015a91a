"""A receipt as a phone photographs it, through the whole command: read as flat paper, boxes on the photograph."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.paper.photograph import photograph
from invoicewatch.samples.reading import read_sheets
from invoicewatch.samples.truth import list_fields
from tests.environment import make_environment

COMMAND = Path(sys.executable).with_name("invoicewatch")
SEED = 17
CONFIG = """
[ocr]
languages = ["eng"]
[correct]
mode = "off"
"""


@pytest.fixture(scope="module")
def photo():
    """The photograph, what the receipt says and where the photograph shows it."""
    spec = make_spec(SEED, Kind.RECEIPT)
    sheets = LAYOUTS[choose_layout(spec)].draw(spec)
    (reading,) = read_sheets(sheets)
    taken = photograph(render_picture(sheets[0], 250), (SEED,))
    return taken, list_fields(spec, (reading,)), taken.place(reading)


@pytest.fixture(scope="module")
def record(tmp_path_factory, photo):
    home = tmp_path_factory.mktemp("photo")
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")
    buffer = BytesIO()
    photo[0].image.save(buffer, "JPEG", quality=85)
    (home / "phone.jpg").write_bytes(buffer.getvalue())
    command = [COMMAND, "--config", home / "config.toml", "process", "--json", "--no-store", home / "phone.jpg"]
    env = make_environment(home)
    result = subprocess.run(command, capture_output=True, text=True, timeout=240, env=env, check=False)
    assert result.returncode == 0, result.stderr + result.stdout
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_a_photographed_receipt_is_read(record, photo, name):
    assert photo[1][name] == record["fields"][name]["value"]


@pytest.mark.parametrize("name", ["total", "issue_date"])
def test_the_box_of_a_field_lies_where_the_photograph_shows_it(record, photo, name):
    x0, y0, x1, y1 = record["fields"][name]["box"]
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    shown = [word.box for word in photo[2].words if find_digits(word.text) == find_digits(photo[1][name])]
    assert shown
    assert any(box.x0 <= middle[0] <= box.x1 and box.y0 <= middle[1] <= box.y1 for box in shown)


def find_digits(text):
    """The digits in ascending order: a date has the same ones whichever way round it is written."""
    return sorted(filter(str.isdigit, text))

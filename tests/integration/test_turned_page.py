"""A scan that lies on its side: the page shows it upright, and each word's box lies on its print."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.write import Form, make_sample
from invoicewatch.web.people.rights import Right
from tests.environment import make_environment
from tests.web_office import WebOffice

COMMAND = Path(sys.executable).with_name("invoicewatch")
MOST_LIES_ON_PRINT = 0.75


def turn_sample(turns):
    """A sample's bytes with the page turned by quarters against the clock."""
    page = Image.open(BytesIO(make_sample(211, Kind.INVOICE, Form.PNG, 0).content))
    turned = BytesIO()
    page.rotate(90 * turns, expand=True).save(turned, "PNG")
    return turned.getvalue()


@pytest.fixture
def office(tmp_path):
    office = WebOffice(tmp_path)
    yield office
    office.close()


@pytest.mark.parametrize("turns", [1, 2])
def test_words_lie_on_their_print_however_the_scan_lay(office, turns):
    scan = office.folder / "scan.png"
    scan.write_bytes(turn_sample(turns))
    config = office.folder / "config.toml"
    config.write_text(f'[paths]\nstate = "{office.state}"\n[correct]\nmode = "off"\n', encoding="utf-8")
    command = [COMMAND, "--config", config, "process", scan]
    subprocess.run(command, capture_output=True, timeout=120, env=make_environment(office.folder), check=True)
    visit = office.visit(Right.READER)

    kept = visit.get("/record/1/page/1/words").json()
    picture = Image.open(BytesIO(visit.get("/record/1/page/1?width=1000").content)).convert("L")

    assert kept["turns"] == turns
    ink = np.asarray(picture) < 100
    assert ink[: ink.shape[0] // 2].any()
    boxed = np.zeros_like(ink)
    height, width = ink.shape
    for x0, y0, x1, y1, _ in kept["words"]:
        boxed[round(y0 * height) : round(y1 * height) + 1, round(x0 * width) : round(x1 * width) + 1] = True
    assert (ink & boxed).sum() / ink.sum() > MOST_LIES_ON_PRINT
    assert (ink & boxed[::-1, ::-1]).sum() / ink.sum() < MOST_LIES_ON_PRINT / 2

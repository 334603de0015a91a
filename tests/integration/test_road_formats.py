"""One receipt in every format, colour mode and position that scanners and phones give: it says the same each time."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pillow_heif
import pypdfium2 as pdfium
import pytest
from PIL import Image

from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.write import Form, make_sample
from tests.environment import make_environment

COMMAND = Path(sys.executable).with_name("invoicewatch")
SEED = 17
CONFIG = """
[ocr]
languages = ["eng"]
second_opinion = "none"
[correct]
mode = "off"
[workers]
count = 2
"""
ORIENTATION = 0x0112
PHOTOMETRIC = 0x0106
SPEC = make_spec(SEED, Kind.RECEIPT)
TRUTH = make_sample(SEED, Kind.RECEIPT, Form.PNG, 0).truth["fields"]


def print_receipt():
    (sheet,) = LAYOUTS[choose_layout(SPEC)].draw(SPEC)
    return render_picture(sheet, 250)


def save(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def make_transparent(page):
    """Black on nothing: what is not ink is see-through, and black underneath."""
    ink = Image.fromarray(255 - np.asarray(page))
    return Image.merge("RGBA", (Image.new("L", page.size, 0),) * 3 + (ink,))


def deepen(page):
    return Image.fromarray(np.asarray(page, dtype=np.uint16) * 257)


def save_heic(page):
    buffer = io.BytesIO()
    pillow_heif.from_pillow(page.convert("RGB")).save(buffer, quality=85)
    return buffer.getvalue()


def turn_by_exif(page):
    """As a phone held sideways stores it: the pixels on their side, and a note which way up is."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return save(page.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=85, exif=exif)


def turn_pdf(page):
    """The page lies on its side in the PDF, which says by how much to turn it."""
    document = pdfium.PdfDocument(save(page.transpose(Image.Transpose.ROTATE_90), "PDF", resolution=250))
    document[0].set_rotation(90)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def follow_blank(page):
    """A blank sheet from a duplex feeder comes first."""
    blank = Image.new("L", page.size, 255)
    return save(blank, "TIFF", save_all=True, append_images=[page], compression="tiff_deflate")


VARIANTS = {
    "grey.png": lambda page: save(page, "PNG"),
    "colour.png": lambda page: save(page.convert("RGB"), "PNG"),
    "palette.png": lambda page: save(page.convert("P"), "PNG"),
    "transparent.png": lambda page: save(make_transparent(page), "PNG"),
    "deep.png": lambda page: save(deepen(page), "PNG"),
    "deep.tiff": lambda page: save(deepen(page), "TIFF"),
    "photo.jpg": lambda page: save(page.convert("RGB"), "JPEG", quality=80),
    "progressive.jpg": lambda page: save(page, "JPEG", quality=80, progressive=True),
    "press.jpg": lambda page: save(page.convert("RGB").convert("CMYK"), "JPEG", quality=90),
    "fax.tiff": lambda page: save(page.convert("1"), "TIFF", compression="group4"),
    "white-is-zero.tiff": lambda page: save(page, "TIFF", tiffinfo={PHOTOMETRIC: 0}),
    "lzw.tiff": lambda page: save(page, "TIFF", compression="tiff_lzw"),
    "second-page.tiff": follow_blank,
    "old.bmp": lambda page: save(page, "BMP"),
    "web.webp": lambda page: save(page.convert("RGB"), "WEBP", quality=85),
    "lossless.webp": lambda page: save(page.convert("RGB"), "WEBP", lossless=True),
    "phone.heic": save_heic,
    "sideways.jpg": turn_by_exif,
    "upside-down.png": lambda page: save(page.transpose(Image.Transpose.ROTATE_180), "PNG"),
    "on-its-side.png": lambda page: save(page.transpose(Image.Transpose.ROTATE_90), "PNG"),
    "scan.pdf": lambda page: save(page, "PDF", resolution=250),
    "turned.pdf": turn_pdf,
    "large.png": lambda page: save(page.resize((page.width * 3, page.height * 3)), "PNG"),
}


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    home = tmp_path_factory.mktemp("formats")
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")
    page = print_receipt()
    (home / "scans").mkdir()
    for name, make in VARIANTS.items():
        (home / "scans" / name).write_bytes(make(page))
    command = [COMMAND, "--config", home / "config.toml", "process", "--json", "--no-store", home / "scans"]
    env = make_environment(home)
    result = subprocess.run(command, capture_output=True, text=True, timeout=280, env=env, check=False)
    assert result.returncode == 0, result.stderr + result.stdout
    return {Path(line["path"]).name: line for line in map(json.loads, result.stdout.splitlines())}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_total_and_the_date_are_the_same_in_every_format(records, name):
    fields = records[name]["fields"]
    assert fields["total"] is not None, records[name]["raw_text"]
    assert (TRUTH["total"], TRUTH["issue_date"]) == (fields["total"]["value"], fields["issue_date"]["value"])


@pytest.mark.parametrize("name", sorted(set(VARIANTS) - {"second-page.tiff"}))
def test_boxes_are_fractions_of_the_upright_page(records, name):
    """The same words stand at the same place, whatever the pixels looked like."""
    expected, found = (records[each]["fields"]["total"]["box"] for each in ("grey.png", name))
    assert found == pytest.approx(expected, abs=0.03)


def test_a_page_is_counted_from_one_and_blank_pages_count(records):
    assert records["second-page.tiff"]["fields"]["total"]["page"] == 2

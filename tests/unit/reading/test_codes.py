"""Which picture of a page is looked at for codes, and what a page that cannot be drawn costs."""

import io
from dataclasses import replace

import numpy as np
import pdf417gen
import pytest
import segno
from PIL import Image

from invoicewatch.errors import DocumentError
from invoicewatch.pipeline import ReadPage
from invoicewatch.reading.codes import add_codes
from invoicewatch.records import Page, PageSize, Source, Transform
from tests.unit.reading.doubles import CLEAR, Pages, make_page, make_reading


def put(picture):
    image = np.full((900, 1400), 250, np.uint8)
    image[100 : 100 + picture.shape[0], 100 : 100 + picture.shape[1]] = picture
    return Page(1, image, PageSize(1400, 900, 150), Transform.scale(1400, 900))


@pytest.fixture
def qr():
    buffer = io.BytesIO()
    segno.make_qr("a code").save(buffer, kind="png", scale=4)
    return put(np.asarray(Image.open(buffer).convert("L"), dtype=np.uint8))


@pytest.fixture
def pdf417():
    image = pdf417gen.render_image(pdf417gen.encode("HRVHUB30", columns=4), scale=3, padding=20)
    return put(np.asarray(image.convert("L"), dtype=np.uint8))


def test_the_picture_that_was_read_is_looked_at(qr):
    read = ReadPage(make_reading(1, CLEAR, "plain 1"), qr.size, image=qr)
    assert ["a code"] == [code.text for code in add_codes(Pages((qr,)), read).codes]


def test_a_page_with_a_text_layer_is_drawn_for_its_codes(qr):
    read = ReadPage(make_reading(1, CLEAR, "pdf", source=Source.TEXT_LAYER), qr.size)
    assert ["a code"] == [code.text for code in add_codes(Pages((qr,), drawn={1: qr}), read).codes]
    assert add_codes(Pages((qr,)), read).codes == ()


@pytest.mark.parametrize(("text", "found"), [("OIB 12345678903 www.radionica.hr Hrvatska", 1), (CLEAR, 0)])
def test_a_pdf417_is_looked_for_on_croatian_pages_alone(pdf417, text, found):
    plain = make_page(width=1400, height=900)
    read = ReadPage(make_reading(1, text, "plain 1"), plain.size, image=plain)
    assert found == len(add_codes(Pages((plain,), drawn={1: pdf417}), read).codes)


def test_a_page_that_cannot_be_drawn_costs_its_codes_alone(qr):
    class Damaged(Pages):
        def draw_codes(self, number):
            raise DocumentError("its picture is damaged", code="corrupt")

    read = ReadPage(make_reading(1, CLEAR, "pdf", source=Source.TEXT_LAYER), qr.size)
    noted = "page 1 was not looked at for codes: its picture is damaged"
    assert replace(read, notes=(noted,)) == add_codes(Damaged((qr,)), read)

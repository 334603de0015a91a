"""A PDF page is drawn for codes only round what may be one, and the place of a code is that on the page."""

import io

import pytest
import segno
from fpdf import FPDF

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.codes.decode import find_codes
from invoicewatch.pages.formats.pdf import PdfPages

TEXT = "BCD\n002\n1\nSCT\n\nLindenhof\nDE02120300000000202051\nEUR1250.00"


@pytest.fixture
def pdf():
    page = FPDF(unit="mm", format="A4")
    page.add_page()
    page.set_font("helvetica", size=10)
    page.text(20, 20, "Invoice 4711 of Lindenhof Papier GmbH")
    page.line(20, 30, 190, 30)
    return page


def open_pdf(pdf, **settings):
    return PdfPages(bytes(pdf.output()), "a.pdf", PageSettings(**settings))


def test_a_page_of_text_and_rules_is_not_drawn(pdf):
    for row in range(40):
        pdf.line(20, 60 + 2 * row, 190, 60 + 2 * row)
    assert open_pdf(pdf).draw_codes(1) is None


def test_a_small_picture_is_no_code(pdf):
    buffer = io.BytesIO()
    segno.make_qr("x").save(buffer, kind="png", scale=4)
    pdf.image(buffer, x=20, y=100, w=5)
    assert open_pdf(pdf).draw_codes(1) is None


def test_a_code_as_a_picture_is_drawn_and_has_its_place(pdf):
    buffer = io.BytesIO()
    segno.make_qr(TEXT).save(buffer, kind="png", scale=4, border=0)
    pdf.image(buffer, x=100, y=200, w=30)
    drawn = open_pdf(pdf).draw_codes(1)
    assert drawn.image.size < 600 * 600  # the code and no more than a margin
    (code,) = find_codes(drawn)
    assert TEXT == code.text
    assert list(code.box) == pytest.approx((100 / 210, 200 / 297, 130 / 210, 230 / 297), abs=0.004)


@pytest.mark.parametrize("one_path", [True, False])
def test_a_code_as_paths_is_drawn(pdf, one_path):
    matrix = segno.make_qr(TEXT).matrix
    squares = [(20 + x * 0.8, 150 + y * 0.8) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
    if one_path:
        with pdf.new_path(20, 150) as path:
            path.style.fill_color, path.style.stroke_color = "#000000", None
            for x, y in squares:
                path.rectangle(x, y, 0.8, 0.8)
    else:
        for x, y in squares:
            pdf.rect(x, y, 0.8, 0.8, style="F")
    (code,) = find_codes(open_pdf(pdf).draw_codes(1))
    assert TEXT == code.text
    assert list(code.box)[:2] == pytest.approx((20 / 210, 150 / 297), abs=0.005)


def test_a_code_on_a_page_that_lies_on_its_side_has_its_place(pdf):
    buffer = io.BytesIO()
    segno.make_qr(TEXT).save(buffer, kind="png", scale=4, border=0)
    pdf.image(buffer, x=10, y=20, w=30)
    content = bytes(pdf.output()).replace(b"/Type /Page\n", b"/Type /Page\n/Rotate 90\n")
    drawn = PdfPages(content, "a.pdf", PageSettings()).draw_codes(1)
    assert drawn is not None
    (code,) = find_codes(drawn)
    assert list(code.box) == pytest.approx((247 / 297, 10 / 210, 277 / 297, 40 / 210), abs=0.005)


def test_a_picture_of_too_many_pixels_is_not_drawn(pdf):
    buffer = io.BytesIO()
    segno.make_qr(TEXT).save(buffer, kind="png", scale=40)
    pdf.image(buffer, x=100, y=200, w=30)
    with pytest.raises(DocumentError) as caught:
        open_pdf(pdf, max_pixels=10_000, max_width=200).draw_codes(1)
    assert "too_many_pixels" == caught.value.code

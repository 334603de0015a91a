from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from fpdf import FPDF

from invoicewatch.errors import DocumentError
from invoicewatch.records import Source
from tests.unit.pages.conftest import make_stream

ENCRYPT = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format("00" * 32)
SCAN = "q 595 0 0 842 0 0 cm /Im Do Q"


def test_the_text_layer_is_read_with_its_places(open_bytes, make_pdf):
    reading = open_bytes(make_pdf()).read_text_layer(1)
    assert reading.text.splitlines()[0] == "Invoice 4711 of 3 March 2026"
    assert reading.source is Source.TEXT_LAYER
    first = reading.lines[0].words[0]
    assert first.confidence == 100
    assert first.box.x0 == pytest.approx(72 / 595, abs=0.005)
    assert first.box.y1 == pytest.approx(100 / 842, abs=0.005)


@pytest.mark.parametrize(("rotate", "expected"), [(90, (0.88, 0.12)), (180, (0.88, 0.88)), (270, (0.12, 0.88))])
def test_places_hold_for_the_page_as_it_is_shown(open_bytes, make_pdf, rotate, expected):
    source = open_bytes(make_pdf(rotate=rotate))
    words = {word.text: word.box for line in source.read_text_layer(1).lines for word in line.words}
    assert words["Invoice"].middle == pytest.approx(expected, abs=0.06)
    page = source.load(1)
    x, y = (round(part * length) for part, length in zip(words["Invoice"].middle, page.image.shape[::-1], strict=True))
    assert page.image[y - 15 : y + 15, x - 15 : x + 15].min() < 100


@pytest.mark.parametrize(
    "options",
    [
        {"mode": 3, "before": SCAN},
        {"after": SCAN},
        {"before": SCAN, "lines": ("RECEIVED 2026",)},
        {"lines": ("Wkh txlfn eurzq ira mxpsv", "jhvfkohfkw pcffkwh wxww vqrww qrfk")},
        {"lines": ()},
    ],
    ids=["hidden behind a scan", "covered by a picture", "stamp on a scan", "codes shifted", "no text"],
)
def test_text_that_is_not_what_the_page_shows_is_not_trusted(open_bytes, make_pdf, options):
    assert open_bytes(make_pdf(**options)).read_text_layer(1) is None


def test_a_letterhead_behind_a_full_page_of_text_does_not_matter(open_bytes, make_pdf):
    lines = tuple(f"Position {n} for the work that was done in spring" for n in range(8))
    assert open_bytes(make_pdf(before=SCAN, lines=lines)).read_text_layer(1) is not None


def test_a_page_fills_the_width_and_no_more_than_300_dpi(open_bytes, make_pdf):
    sizes = open_bytes(make_pdf(), max_width=1500).sizes + open_bytes(make_pdf(size=(226, 600))).sizes
    assert sizes[0].width_px in range(1490, 1501)
    assert sizes[0].dpi == 181
    assert sizes[1] == (942, 2500, 300)


def test_attachments_are_read_by_name(open_bytes, make_pdf):
    pdf = pdfium.PdfDocument(make_pdf())
    pdf.new_attachment("factur-x.xml").set_data(b"<Invoice/>")
    pdf.new_attachment("empty.txt")
    buffer = BytesIO()
    pdf.save(buffer)
    pdf.close()
    assert dict(open_bytes(buffer.getvalue()).attachments) == {"factur-x.xml": b"<Invoice/>"}


def test_a_pdf_without_attachments_has_none(open_bytes, make_pdf):
    assert dict(open_bytes(make_pdf()).attachments) == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda pdf: pdf[:60], "truncated"),
        (lambda pdf: b"%PDF-1.7\n" + b"no objects here " * 9 + b"%%EOF", "corrupt"),
    ],
)
def test_a_broken_pdf_is_a_document_error(open_bytes, make_pdf, change, expected):
    with pytest.raises(DocumentError) as caught:
        open_bytes(change(make_pdf()))
    assert caught.value.code == expected


def test_an_encrypted_pdf_is_a_document_error(open_bytes, make_pdf):
    with pytest.raises(DocumentError, match="encrypted") as caught:
        open_bytes(make_pdf(extra=ENCRYPT))
    assert caught.value.code == "encrypted"
    assert "password" in caught.value.remedy


def test_a_pdf_that_only_its_owner_may_change_opens(open_bytes):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="Total 12.00")
    pdf.set_encryption(owner_password="owner", user_password="")

    assert "Total 12.00" == open_bytes(bytes(pdf.output())).read_text_layer(1).text


@pytest.mark.parametrize(("mapped", "expected"), [("/ToUnicode 8 0 R", "Total AAA"), ("", None)])
def test_letters_that_are_drawings_are_read_where_a_map_says_what_they_are(
    open_bytes, make_objects_pdf, mapped, expected
):
    """A Type 3 font whose one glyph is a box, beside a word in a usual font."""
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 65 /LastChar 65 "
        f"/Widths [10] /Encoding << /Differences [65 /g1] >> /CharProcs << /g1 7 0 R >> /Resources << >> {mapped} >>"
    )
    glyph = make_stream("10 0 0 0 10 10 d1 0 0 8 8 re f")
    characters = make_stream(
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <41> <0041> endbfchar endcmap"
    )
    content = "BT /F1 11 Tf 72 742 Td (Total) Tj /F2 11 Tf 40 0 Td (AAA) Tj ET"
    layer = open_bytes(make_objects_pdf(content, font, glyph, characters, fonts="/F2 6 0 R")).read_text_layer(1)

    assert expected == (layer and layer.text)


def test_a_page_of_too_many_pixels_is_refused(open_bytes, make_pdf):
    with pytest.raises(DocumentError) as caught:
        open_bytes(make_pdf(size=(72, 14400)), max_pixels=10_000_000)
    assert caught.value.code == "too_many_pixels"


def test_pages_over_the_limit_are_left_out_with_a_note(open_bytes, make_pdf):
    source = open_bytes(make_pdf(*[("one page",)] * 4), max_pages=3)
    assert len(source.sizes) == 3
    assert source.notes == ("page 4 left out: max_pages is 3",)


def test_threads_may_share_a_document(open_bytes, make_pdf):
    source = open_bytes(make_pdf(*[(f"the page with number {n}",) for n in range(8)]))
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda number: source.read_text_layer(number).text, range(1, 9)))
        pages = list(pool.map(source.load, range(1, 9)))
    assert texts == [f"the page with number {n}" for n in range(8)]
    assert list(range(1, 9)) == [page.number for page in pages]
    source.close()

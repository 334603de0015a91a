"""What was typed into a form and stamped onto a page is read where it stands, and drawn."""

import pytest

from tests.unit.pages.conftest import make_stream

LABELS = "BT /F1 11 Tf 1 0 0 1 72 742 Tm (Invoice number of this order) Tj 1 0 0 1 72 702 Tm (Total amount due) Tj ET"
FORM = "/AcroForm << /Fields [{}] /DA (/F1 11 Tf 0 g) /DR << /Font << /F1 3 0 R >> >> {} >>"
FIELD = "<< /Type /Annot /Subtype /Widget /FT /Tx /T ({}) /V ({}) /Rect [300 {} 480 {}] /F {} /DA (/F1 11 Tf 0 g) {} >>"


def field(name, value, y, *, flags=4, entries=""):
    return FIELD.format(name, value, y - 4, y + 14, flags, entries)


def appearance(content, width=180, height=18):
    resources = "/Resources << /Font << /F1 3 0 R >> >>"
    return make_stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 {width} {height}] {resources}")


def read_rows(source):
    return source.read_text_layer(1).text.splitlines()


@pytest.fixture
def open_form(open_bytes, make_objects_pdf):
    def open_(*objects, annotations="[6 0 R 7 0 R]", form="", fields="6 0 R 7 0 R"):
        catalog = FORM.format(fields, form)
        return open_bytes(make_objects_pdf(LABELS, *objects, page=f"/Annots {annotations}", catalog=catalog))

    return open_


def is_inked(page, box):
    height, width = page.image.shape
    part = page.image[int(box.y0 * height) : int(box.y1 * height) + 1, int(box.x0 * width) : int(box.x1 * width) + 1]
    return part.min() < 100


def find_word(source, text):
    return next(word for word in source.read_text_layer(1).words if word.text == text)


@pytest.mark.parametrize("form", ["", "/NeedAppearances true"])
def test_values_that_no_program_has_drawn_yet_are_read_and_drawn(open_form, form):
    source = open_form(field("number", "RE-4711", 742), field("total", "1,428.00 EUR", 702), form=form)

    assert ["Invoice number of this order RE-4711", "Total amount due 1,428.00 EUR"] == read_rows(source)
    box = find_word(source, "RE-4711").box
    assert (300 / 595, 480 / 595) == pytest.approx((box.x0, max(box.x1, 480 / 595)), abs=0.02)
    assert is_inked(source.load(1), box)


def test_a_value_is_read_as_its_writer_drew_it(open_form):
    drawn = appearance("/Tx BMC BT /F1 11 Tf 2 4 Td (RE-4711) Tj ET EMC")
    source = open_form(field("number", "RE-4711", 742, entries="/AP << /N 8 0 R >>"), field("t", "4.00", 702), drawn)

    assert ["Invoice number of this order RE-4711", "Total amount due 4.00"] == read_rows(source)
    assert source.read_text_layer(1) == source.read_text_layer(1)


def test_a_value_drawn_one_character_a_cell_is_one_word(open_form):
    comb = f"/MaxLen 9 /Ff {1 << 24}"
    source = open_form(field("number", "RE-471108", 742, entries=comb), field("total", "4.00", 702))

    assert "Invoice number of this order RE-471108" == read_rows(source)[0]


def test_what_a_writer_drew_counts_where_the_value_says_something_else(open_form):
    drawn = appearance("BT /F1 11 Tf 2 4 Td (RE-4711) Tj ET")
    source = open_form(field("number", "none", 742, entries="/AP << /N 8 0 R >>"), field("t", "4.00", 702), drawn)

    assert "Invoice number of this order RE-4711" == read_rows(source)[0]


def test_hidden_fields_are_neither_read_nor_drawn(open_form):
    source = open_form(field("number", "RE-4711", 742, flags=2), field("total", "4.00", 702))

    assert ["Invoice number of this order", "Total amount due 4.00"] == read_rows(source)


def test_a_ticked_box_is_drawn(open_form):
    states = "<< /Yes 8 0 R /Off 9 0 R >>"
    tick = (
        "<< /Type /Annot /Subtype /Widget /FT /Btn /T (paid) /V /Yes /AS /Yes /Rect [300 738 318 756] /F 4 "
        f"/AP << /N {states} >> >>"
    )
    source = open_form(tick, field("total", "4.00", 702), appearance("0 g 4 4 10 10 re f", 18, 18), appearance(""))

    page = source.load(1)
    height, width = page.image.shape
    assert page.image[round(95 / 842 * height), round(309 / 595 * width)] < 100


def test_a_stamp_is_read_with_the_page(open_form):
    stamp = "<< /Type /Annot /Subtype /Stamp /Rect [300 600 480 618] /F 4 /AP << /N 8 0 R >> >>"
    paid = appearance("BT /F1 16 Tf 2 4 Td (PAID) Tj ET")
    source = open_form(stamp, field("total", "4.00", 702), paid, fields="7 0 R")

    assert ["Invoice number of this order", "Total amount due 4.00", "PAID"] == read_rows(source)
    assert is_inked(source.load(1), find_word(source, "PAID").box)


def test_a_form_in_xfa_is_noted(open_form):
    source = open_form(field("number", "RE-4711", 742), field("total", "4.00", 702), form="/XFA [(a) 8 0 R]")

    assert ("it is an XFA form, of which only the pages for other viewers were read",) == source.notes
    assert "Invoice number of this order RE-4711" == read_rows(source)[0]


def test_links_leave_a_page_as_it_is(open_bytes, make_objects_pdf):
    link = "<< /Type /Annot /Subtype /Link /Rect [72 700 200 720] /A << /S /URI /URI (https://example.com) >> >>"
    source = open_bytes(make_objects_pdf(LABELS, link, page="/Annots [6 0 R]"))

    assert ["Invoice number of this order", "Total amount due"] == read_rows(source)

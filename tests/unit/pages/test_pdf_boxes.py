"""Pages that show a part of their sheet, turned or not: boxes are those of what is shown."""

import pytest

from invoicewatch.errors import DocumentError

CROP = (50, 600, 400, 800)  # points from the lower left corner of a sheet of 595 by 842
WORD = (72, 742 - 2, 106, 742 + 8)  # where the font draws the first word, `Invoice`, on its line at 742


def find_place(rotate):
    """Where the middle of the first word is shown, in fractions of the part that is shown."""
    x = ((WORD[0] + WORD[2]) / 2 - CROP[0]) / (CROP[2] - CROP[0])
    y = 1 - ((WORD[1] + WORD[3]) / 2 - CROP[1]) / (CROP[3] - CROP[1])
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[rotate]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_are_placed_on_the_part_that_is_shown(open_bytes, make_pdf, rotate):
    source = open_bytes(make_pdf(rotate=f"{rotate} /CropBox [50 600 400 800]"))
    (word,) = (word for word in source.read_text_layer(1).words if word.text == "Invoice")
    assert word.box.middle == pytest.approx(find_place(rotate), abs=0.02)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_picture_shows_the_same_words_at_the_same_places(open_bytes, make_pdf, rotate):
    source = open_bytes(make_pdf(rotate=f"{rotate} /CropBox [50 600 400 800]"))
    page = source.load(1)
    height, width = page.image.shape
    for word in source.read_text_layer(1).words:
        x0, y0, x1, y1 = word.box
        shown = page.image[int(y0 * height) : int(y1 * height) + 1, int(x0 * width) : int(x1 * width) + 1]
        assert shown.min() < 60, word.text
        assert page.to_upright.apply(x0 * width, y0 * height) == pytest.approx((x0, y0))
    wide, tall = (350, 200) if rotate in {0, 180} else (200, 350)
    assert width / height == pytest.approx(wide / tall, abs=0.01)


def test_words_outside_of_the_part_that_is_shown_are_not_read(open_bytes, make_pdf):
    source = open_bytes(make_pdf(rotate="0 /CropBox [50 715 400 800]"))
    assert source.read_text_layer(1).text.splitlines() == [
        "Invoice 4711 of 3 March 2026",
        "Please settle the following amount within fourteen days",
    ]


def test_a_part_given_from_the_wrong_corner_is_the_same_part(open_bytes, make_pdf):
    right, wrong = (
        open_bytes(make_pdf(rotate=f"0 /CropBox {box}")) for box in ("[50 600 400 800]", "[400 800 50 600]")
    )
    assert right.sizes == wrong.sizes
    assert right.read_text_layer(1) == wrong.read_text_layer(1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda pdf: pdf.replace(b"startxref\n", b"startxref\n9"),
        lambda pdf: pdf[: pdf.index(b"xref\n0")] + b"trailer << /Root 1 0 R >>\n%%EOF\n",
        lambda pdf: pdf.replace(b" 00000 n ", b" 00001 n "),
        lambda pdf: b"junk before\n" + pdf,
    ],
    ids=["it stands elsewhere", "there is none", "it is wrong", "everything is moved"],
)
def test_a_damaged_table_of_objects_is_mended(open_bytes, make_pdf, damage):
    assert open_bytes(damage(make_pdf())).read_text_layer(1).text.startswith("Invoice 4711")


@pytest.mark.parametrize(
    "damage",
    [
        lambda pdf: pdf.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
        lambda pdf: pdf.replace(b"/Count 1", b"/Count 9"),
        lambda pdf: pdf.replace(b"/Rotate 0", b"/CropBox [2000 2000 3000 3000]"),
    ],
    ids=["its own child", "more pages than it has", "shows nothing of its sheet"],
)
def test_a_page_tree_that_makes_no_sense_is_a_document_error(open_bytes, make_pdf, damage):
    with pytest.raises(DocumentError) as caught:
        open_bytes(damage(make_pdf()))
    assert caught.value.code == "corrupt"


def test_a_page_of_no_size_is_drawn_at_the_usual_one(open_bytes, make_pdf):
    """pdfium takes a letter page for it, as viewers do."""
    assert open_bytes(make_pdf(size=(0, 0))).sizes[0].dpi == 176

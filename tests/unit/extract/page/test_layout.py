"""Rows and cells are rebuilt from boxes, whoever read the page and however it was cut."""

from dataclasses import replace

from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import Box, Line, Reading, Source, Word

PAGE = """
Invoice 4711                              Date: 25/12/2018

Total                                             1,250.00
Cash                                              1,300.00
"""


def texts(page):
    return [row.text for row in page.rows]


def test_columns_of_one_row_come_together_as_cells(draw):
    first = view_page(draw(PAGE)).rows[0]
    assert ["Invoice 4711", "Date: 25/12/2018"] == [first.join(*cell) for cell in first.cells]


def test_fragments_in_any_order_give_the_same_rows(draw):
    reading = draw(PAGE)
    fragments = tuple(Line((word,)) for line in reading.lines for word in line.words)
    cut = replace(reading, lines=tuple(reversed(fragments)))
    assert texts(view_page(reading)) == texts(view_page(cut))


def test_a_leaning_page_keeps_its_rows(draw):
    def lean(word):
        fall = 0.03 * word.box.x0
        return replace(word, box=Box(word.box.x0, word.box.y0 + fall, word.box.x1, word.box.y1 + fall))

    reading = draw(PAGE)
    leaning = replace(reading, lines=tuple(Line(tuple(map(lean, line.words))) for line in reading.lines))
    assert texts(view_page(reading)) == texts(view_page(leaning))


def test_a_glued_label_and_its_value_are_parted():
    word = Word("Date:25/12/2018", Box(0.1, 0.1, 0.4, 0.12), 90.0, "rapidocr")
    row = view_page(Reading(1, (Line((word,)),), "rapidocr", Source.OCR)).rows[0]
    assert ["Date:", "25/12/2018"] == [part.text for part in row.words]
    assert row.words[0].box.x1 == row.words[1].box.x0


def test_a_web_address_stays_whole(draw):
    assert ["see http://acme.example/x"] == texts(view_page(draw("see http://acme.example/x")))


def test_an_empty_page_has_no_rows():
    assert () == view_page(Reading(1, (), "tesseract", Source.OCR)).rows


def test_what_an_engine_strung_together_from_two_rows_is_parted(draw):
    """Neighbours on a line that share no height, once the page is level, stand on different rows."""
    reading = draw(PAGE + "".join(f"Item {n}{' ' * 43}{n}.50\n" for n in range(6)) + PAGE, source=Source.OCR)
    total, cash = reading.lines[-2:]
    strung = Line((total.words[0], *cash.words[-1:]))
    mixed = replace(reading, lines=(*reading.lines[:-2], strung, Line(total.words[1:]), Line(cash.words[:-1])))
    assert texts(view_page(reading)) == texts(view_page(mixed))


def test_lines_that_fall_the_more_the_further_down_keep_their_rows(draw):
    """So does a sheet that was photographed from one corner."""
    reading = draw("\n".join(f"Item {n} with a name{' ' * 40}{n}.50" for n in range(24)))

    def lean(word):
        x, y = word.box.middle
        fall = 0.12 * (y - 0.3) * (x - 0.5)
        return replace(word, box=Box(word.box.x0, word.box.y0 + fall, word.box.x1, word.box.y1 + fall))

    leaning = [tuple(map(lean, line.words)) for line in reading.lines]
    torn = tuple(Line(part) for words in leaning for part in (words[:-1], words[-1:]))
    assert texts(view_page(reading)) == texts(view_page(replace(reading, lines=torn)))

import pytest

from invoicewatch.ocr.tesseract.tsv import parse_tsv
from invoicewatch.records import Transform

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def row(line, word, text, left=10, confidence="91.5", level=5):
    return f"{level}\t1\t1\t1\t{line}\t{word}\t{left}\t20\t30\t10\t{confidence}\t{text}"


def parse(*rows):
    return parse_tsv("\n".join((HEADER, *rows)), Transform.scale(100, 200), "tesseract")


def test_words_of_a_line_stay_together():
    lines = parse(row(1, 1, "Total"), row(1, 2, "12.50", left=50), row(2, 1, "Thanks"))
    assert ["Total 12.50", "Thanks"] == [line.text for line in lines]


def test_a_word_has_its_box_as_fractions_and_its_confidence():
    word = parse(row(1, 1, "Total"))[0].words[0]
    assert word.box == pytest.approx((0.1, 0.1, 0.4, 0.15))
    assert word.confidence == 91.5
    assert word.engine == "tesseract"


def test_rows_that_are_no_words_are_left_out():
    assert parse(row(1, 0, "", confidence="-1", level=4), row(1, 1, "  ")) == ()


def test_quotation_marks_are_letters_like_others():
    assert parse(row(1, 1, '"Total'), row(1, 2, 'due"'))[0].text == '"Total due"'


def test_a_space_inside_a_word_makes_two():
    words = parse(row(1, 1, "A B"))[0].words
    assert ["A", "B"] == [word.text for word in words]
    assert words[0].box.x1 == pytest.approx(words[1].box.x0)


def test_an_empty_table_has_no_lines():
    assert parse() == ()

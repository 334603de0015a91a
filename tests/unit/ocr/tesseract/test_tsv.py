import pytest

from invoicewatch.ocr.tesseract.tsv import Table, parse_table
from invoicewatch.records import Transform

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def row(line, word, text, left=10, confidence="91.5", level=5):
    return f"{level}\t1\t1\t1\t{line}\t{word}\t{left}\t20\t30\t10\t{confidence}\t{text}"


def parse(*rows, choices=()):
    return parse_table(Table("\n".join((HEADER, *rows)), choices), Transform.scale(100, 200), "tesseract")


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


SURE = ((("1", 1.0),), (("2", 1.0),))
DOUBTFUL = ((("1", 1.0),), (("2", 3.0), ("7", 3.5)))


def test_a_word_in_doubt_has_a_lattice_at_its_place_on_the_line():
    rows = row(1, 1, "A B"), row(1, 2, "12"), row(2, 1, "12"), row(2, 2, "12")
    lines = parse(*rows, choices=(DOUBTFUL, DOUBTFUL, SURE, DOUBTFUL))
    assert [[(each.first, each.last) for each in line.lattices] for line in lines] == [[(2, 3)], [(1, 2)]]
    assert [path.text for path in lines[0].lattices[0].paths] == ["12", "17"]


def test_choices_that_are_not_those_of_the_words_are_left():
    assert parse(row(1, 1, "12"), row(1, 2, "12"), choices=(DOUBTFUL,))[0].lattices == ()

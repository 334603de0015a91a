from dataclasses import replace

from rich.text import Text

from invoicewatch.answers.records.texts import list_text_lines, mark_spans
from invoicewatch.cli.find.texts import describe_doubts, make_text_table
from invoicewatch.records import Box, Edit, Invoice, Lattice, Line, PageSize, Path, Reading, Status, Word, keep_words


def edit(first, last, before, after):
    return Edit(1, 0, first, last, before, after, Box(0, 0, 1, 1), "", 0.0, 1.0, "spelling")


def test_an_edit_of_one_word_marks_that_word_on_both_sides():
    assert mark_spans([edit(2, 3, "Inv0ice", "Invoice")]) == ([(2, 3)], [(2, 3)])


def test_later_words_shift_where_an_edit_joins_or_splits_words():
    edits = [edit(3, 4, "T0tal", "Total"), edit(0, 2, "In voice", "Invoice")]
    assert mark_spans(edits) == ([(0, 2), (3, 4)], [(0, 1), (2, 3)])
    assert mark_spans([edit(0, 1, "TotalDue", "Total Due"), edit(1, 2, "5O", "50")])[1] == [(0, 2), (2, 3)]


DOUBT = Lattice(1, 2, "eye + glass", (Path("C0de", -0.6), Path("Code", -0.8)))


def keep(text, *lattices):
    words = tuple(Word(each, Box(0, 0, 0.1, 0.1), 60.0, "eye") for each in text.split())
    return (keep_words(Reading(1, (Line(words, lattices),), "eye"), 0),)


def make_record(**values):
    return Invoice("a.png", "0", "image/png", Status.ACCEPTED, page_sizes=(PageSize(100, 100, 0),), **values)


def test_what_was_left_in_doubt_is_marked_beside_what_was_changed():
    record = make_record(
        raw_text="In voice C0de", enhanced_text="Invoice C0de", edits=(edit(0, 2, "In voice", "Invoice"),)
    )
    (line,) = list_text_lines(record, keep("Invoice C0de", DOUBT))
    assert [(piece.text, piece.position, piece.doubt is not None) for piece in line.enhanced] == [
        ("Invoice", 0, False),
        ("C0de", None, True),
    ]
    assert [piece.doubt for piece in line.raw] == [None, None]


def test_where_nothing_was_changed_doubts_are_marked_in_what_was_read():
    (line,) = list_text_lines(make_record(raw_text="No C0de"), keep("No C0de", DOUBT))
    assert [(piece.text, piece.doubt is not None) for piece in line.raw] == [("No", False), ("C0de", True)]


def test_doubts_are_told_in_words_and_the_doubtfullest_of_many():
    assert describe_doubts(keep("No C0de", DOUBT)) == ["“C0de” (55%) or “Code” (45%), page 1, seen by eye and glass"]
    many = [replace(DOUBT, first=n, last=n + 1) for n in range(14)]
    assert describe_doubts(keep(" ".join(["C0de"] * 14), *many))[-1] == "2 more, marked in the text"


def test_words_that_are_not_what_the_doubt_read_are_not_marked():
    (line,) = list_text_lines(make_record(raw_text="No Bode"), keep("No C0de", DOUBT))
    assert [(piece.text, piece.doubt) for piece in line.raw] == [("No", None), ("Bode", None)]


def test_characters_in_doubt_are_bold():
    table = make_text_table(make_record(raw_text="No C0de"), keep("No C0de", DOUBT))
    (text,) = table.columns[0].cells
    assert isinstance(text, Text)
    assert text.plain == "No C0de"
    assert [text.plain[span.start : span.end] for span in text.spans if span.style == "bold"] == ["0"]

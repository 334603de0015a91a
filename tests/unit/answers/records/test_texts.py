from invoicewatch.answers.records.texts import mark_spans
from invoicewatch.records import Box, Edit


def edit(first, last, before, after):
    return Edit(1, 0, first, last, before, after, Box(0, 0, 1, 1), "", 0.0, 1.0, "spelling")


def test_an_edit_of_one_word_marks_that_word_on_both_sides():
    assert mark_spans([edit(2, 3, "Inv0ice", "Invoice")]) == ([(2, 3)], [(2, 3)])


def test_later_words_shift_where_an_edit_joins_or_splits_words():
    edits = [edit(3, 4, "T0tal", "Total"), edit(0, 2, "In voice", "Invoice")]
    assert mark_spans(edits) == ([(0, 2), (3, 4)], [(0, 1), (2, 3)])
    assert mark_spans([edit(0, 1, "TotalDue", "Total Due"), edit(1, 2, "5O", "50")])[1] == [(0, 2), (2, 3)]

"""What a second engine is asked for, and what becomes of its reading."""

import pytest

from invoicewatch.pipeline import ReadPage
from invoicewatch.reading.second import SecondReader
from invoicewatch.records import Box, Doubt, Doubts, Source
from tests.unit.reading.doubles import CLEAR, MissingEngine, Pages, PlainEngine, SlowEngine, make_page, make_reading

FIRST = make_reading(1, CLEAR, "first 1")
LAYER = make_reading(1, "Total", "text layer", confidence=10.0, source=Source.TEXT_LAYER)
POOR = make_reading(2, CLEAR, "first 1", confidence=20.0)
WHOLE = Doubt(1, None, "total", "missing")
BOX = Box(0.1, 0.1, 0.5, 0.2)
REGION = Doubt(1, BOX, "total", "not proved")


def read_again(engine, doubts, *, image=True, pages=None):
    page = make_page()
    read = ReadPage(FIRST, page.size, image=page if image else None)
    return SecondReader(engine).read_again(pages or Pages([page]), read, Doubts(tuple(doubts)))


def test_without_a_second_engine_nothing_is_in_doubt():
    assert Doubts() == SecondReader(None).find_doubts({}, (POOR,))


def test_a_text_layer_is_never_in_doubt():
    assert Doubts() == SecondReader(PlainEngine()).find_doubts({}, (LAYER,))


def test_poor_pages_come_before_doubtful_fields():
    doubts = SecondReader(PlainEngine()).find_doubts({}, (FIRST, POOR)).items

    assert (2, "") == (doubts[0].page, doubts[0].field)
    assert {"total", "issue_date"} == {doubt.field for doubt in doubts[1:]}


def test_regions_alone_are_read_where_each_doubt_has_one_and_each_once():
    engine = PlainEngine("other")
    read_again(engine, [REGION, Doubt(1, BOX, "issue_date", "not proved")])

    assert [[BOX]] == engine.regions
    assert [] == engine.read_pages


def test_one_doubt_about_the_page_has_it_read_whole():
    engine = PlainEngine("other")
    found = read_again(engine, [REGION, WHOLE])

    assert [] == engine.regions
    assert "first 1 + other 1" == found.reading.engine


def test_a_page_whose_image_was_not_kept_is_decoded_anew():
    pages = Pages([make_page()])
    read_again(PlainEngine("other"), [WHOLE], image=False, pages=pages)

    assert [1] == pages.loaded


def test_a_page_that_the_second_engine_read_already_stays():
    engine = PlainEngine("first")
    found = read_again(engine, [WHOLE])

    assert FIRST is found.reading
    assert [] == engine.read_pages


@pytest.mark.parametrize(
    ("engine", "why"),
    [(SlowEngine("other"), "it took more than 60 s"), (MissingEngine("other"), "its models are missing")],
)
def test_an_engine_that_fails_costs_its_opinion_and_leaves_a_note(engine, why):
    found = read_again(engine, [WHOLE])

    assert FIRST is found.reading
    assert (f"no second opinion on page 1: {why}",) == found.notes


def test_a_page_in_a_script_that_nobody_reads_is_not_read_again():
    engine, page = PlainEngine("other"), make_page()
    read = ReadPage(make_reading(1, "", "first 1"), page.size, image=page, unreadable="page 1 is in Thai")

    assert read is SecondReader(engine).read_again(Pages([page]), read, Doubts((WHOLE,)))
    assert [] == engine.read_pages

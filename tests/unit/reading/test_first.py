"""The cheapest sufficient reading of a page, and what happens where an engine is not up to it."""

import pytest

from invoicewatch.errors import TransientError
from invoicewatch.ocr.script import ScriptGuard
from invoicewatch.reading.first import KEPT_IMAGES, PageReader
from invoicewatch.records import Enclosed, Part, Source
from tests.unit.reading.doubles import (
    CLEAR,
    Pages,
    PlainEngine,
    SlowEngine,
    TallEngine,
    TurningEngine,
    make_page,
    make_reading,
)


def read(pages, first, second=None, *, number=1, is_stack=False):
    return PageReader(first, second, is_stack=is_stack).read_page(pages, number)


def test_a_trusted_text_layer_spares_the_engine():
    layer = make_reading(1, "Total 4.00", "text layer", source=Source.TEXT_LAYER)
    pages, engine = Pages([make_page()], {1: layer}), PlainEngine()

    assert layer == read(pages, engine).reading
    assert [] == engine.read_pages
    assert [] == pages.loaded


def test_the_images_of_the_first_pages_are_kept_and_no_others():
    pages = Pages([make_page(number) for number in range(1, KEPT_IMAGES + 3)])
    reader = PageReader(PlainEngine(), None, is_stack=False)
    kept = [reader.read_page(pages, number).image is not None for number in range(1, KEPT_IMAGES + 3)]

    assert [*[True] * KEPT_IMAGES, False, False] == kept


def test_a_page_on_its_side_is_turned_and_read_again():
    found = read(Pages([make_page(width=800, height=600)]), TallEngine(), TurningEngine())

    assert CLEAR == found.reading.text
    assert 1 == found.quarter_turns
    assert (600, 800) == (found.size.width_px, found.size.height_px)


def test_a_page_that_was_read_well_is_not_turned():
    assert 0 == read(Pages([make_page()]), PlainEngine(), TurningEngine()).quarter_turns


def test_the_second_engine_reads_what_takes_the_first_too_long_and_the_record_says_so():
    found = read(Pages([make_page()]), SlowEngine(), PlainEngine("other"))

    assert "other 1" == found.reading.engine
    assert ("page 1 read by other alone: it took more than 60 s",) == found.notes


def test_without_a_second_engine_a_time_limit_is_a_reason_to_try_again():
    with pytest.raises(TransientError):
        read(Pages([make_page()]), SlowEngine())


def test_a_sheet_without_ink_is_blank_unread():
    engine = PlainEngine()
    found = read(Pages([make_page(ink=False)]), engine, is_stack=True)

    assert found.blank
    assert "plain 1" == found.reading.engine
    assert [] == engine.read_pages


def test_a_page_with_print_is_not_blank():
    assert not read(Pages([make_page()]), PlainEngine(), is_stack=True).blank


def test_blank_pages_are_not_looked_for_where_nothing_is_split():
    engine = PlainEngine()

    assert not read(Pages([make_page(ink=False)]), engine).blank
    assert 1 == len(engine.read_pages)


@pytest.mark.parametrize(("is_stack", "parts"), [(True, (Part(1, 2, (1,)), Part(2, 2, (3,)))), (False, ())])
def test_a_file_is_split_only_where_it_may_be_a_stack(is_stack, parts):
    pages = Pages([make_page(1), make_page(2, ink=False), make_page(3)])
    stack = PageReader(PlainEngine(), None, is_stack=True)
    pages_read = tuple(stack.read_page(pages, number) for number in (1, 2, 3))

    assert parts == PageReader(PlainEngine(), None, is_stack=is_stack).split(pages_read, pages)


def test_a_portfolio_is_split_whatever_the_settings_say():
    pages = Pages([make_page(1), make_page(2), make_page(3)])
    pages.enclosed = (Enclosed("one.pdf", (2,), {}), Enclosed("two.pdf", (3,), {}))
    reader = PageReader(PlainEngine(), None, is_stack=False)
    pages_read = tuple(reader.read_page(pages, number) for number in (1, 2, 3))

    assert (Part(1, 2, (2,)), Part(2, 2, (3,))) == reader.split(pages_read, pages)


class EvenGuard(ScriptGuard):
    """Finds every second page foreign."""

    def explain(self, page, reading):
        return "" if reading.page % 2 else f"page {reading.page} is in Thai"


def test_a_page_in_a_script_that_nobody_reads_loses_its_words_and_says_so():
    pages = Pages([make_page(1), make_page(2)])
    reader = PageReader(PlainEngine(), None, is_stack=False, guard=EvenGuard(["eng"]))
    latin, thai = reader.read_page(pages, 1), reader.read_page(pages, 2)

    assert (CLEAR, "") == (latin.reading.text, latin.unreadable)
    assert ("", "page 2 is in Thai") == (thai.reading.text, thai.unreadable)

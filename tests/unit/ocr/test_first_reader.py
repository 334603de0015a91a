"""The languages of a document are looked for once, on its first page, whoever asks first."""

from typing import Any

import numpy as np
import pytest

from invoicewatch.errors import DependencyError
from invoicewatch.ocr.first_reader import FirstReader
from invoicewatch.records import Page, PageSize, Reading, Transform


class Pages:
    """A document whose pages are blank; counts how often each is loaded."""

    def __init__(self, count):
        self.sizes = (PageSize(4, 4, 0),) * count
        self.loaded = []

    def load(self, number):
        self.loaded.append(number)
        return make_page(number)


class PolyglotEngine:
    """Reads any page as the languages it was told to read it in."""

    name, version = "polyglot", "polyglot 1"

    def __init__(self):
        self.looked = []

    def find_languages(self, page, lines=()):
        self.looked.append((page.number, list(lines)))
        return ("deu",)

    def read_in(self, page, languages):
        return Reading(page.number, (), f"polyglot {'+'.join(languages)}")

    def read(self, page):
        return self.read_in(page, ("own",))


class PlainEngine:
    """Knows no languages."""

    def read(self, page):
        return Reading(page.number, (), "plain")


class GlancingEngine:
    """Glances at pages, or cannot."""

    def __init__(self, *, broken=False):
        self.broken = broken

    def glance(self, page):
        if self.broken:
            raise DependencyError("no models")
        yield f"page {page.number}"


def make_page(number):
    return Page(number, np.zeros((4, 4), np.uint8), PageSize(4, 4, 0), Transform.scale(4, 4))


def make_reader(engine: Any, second: Any = None) -> Any:
    """A reader with doubles that do a part of what an engine does."""
    return FirstReader(engine, second)


def test_all_pages_are_read_in_the_languages_of_the_first():
    engine, pages = PolyglotEngine(), Pages(3)
    reader = make_reader(engine)
    read = [reader.read(pages, make_page(number)).engine for number in (1, 2, 3)]
    assert ["polyglot deu"] * 3 == read
    assert [(1, [])] == engine.looked
    assert [] == pages.loaded


def test_a_later_page_that_comes_first_looks_at_the_first_page():
    engine, pages = PolyglotEngine(), Pages(2)
    make_reader(engine).read(pages, make_page(2))
    assert [(1, [])] == engine.looked
    assert [1] == pages.loaded


def test_another_document_is_looked_at_anew():
    engine = PolyglotEngine()
    reader = make_reader(engine)
    for pages in (Pages(1), Pages(1)):
        reader.read(pages, make_page(1))
    assert 2 == len(engine.looked)


@pytest.mark.parametrize(("broken", "lines"), [(False, ["page 1"]), (True, [])])
def test_the_second_engine_is_asked_for_a_glance(broken, lines):
    engine = PolyglotEngine()
    make_reader(engine, GlancingEngine(broken=broken)).read(Pages(1), make_page(1))
    assert [(1, lines)] == engine.looked


def test_a_page_turned_upright_is_judged_by_itself():
    engine = PolyglotEngine()
    assert "polyglot own" == make_reader(engine).read_turned(make_page(1)).engine


def test_an_engine_without_languages_is_not_looked_for():
    assert "plain" == make_reader(PlainEngine(), GlancingEngine()).read(Pages(1), make_page(1)).engine

"""A text layer that looks odd counts only where an engine sees its words on the page."""

import pytest

from invoicewatch.reading.compare import shows_words
from invoicewatch.reading.first import CIPHER_NOTE, PageReader
from invoicewatch.records import Source
from tests.unit.reading.doubles import CLEAR, MissingEngine, Pages, PlainEngine, make_page, make_reading


class BlindEngine(MissingEngine):
    """Cannot read regions either."""

    def read_regions(self, page, boxes):
        return self.read(page)


def words(text):
    return make_reading(1, text, "text layer", source=Source.TEXT_LAYER).words


@pytest.mark.parametrize(
    ("layer", "seen", "expected"),
    [
        ("Rechnung Nettobetrag Summe", "Rechnung Nettobetrag Summe", True),
        ("Rechnung Nettobetrag Summe", "Rechnurg Netlobetrag Sunme", True),
        ("Uhfkqxqj Qhwwrehwudj Vxpph", "Rechnung Nettobetrag Summe", False),
        ("Rechnung 96.76.9790 8,479.99", "Rechnung 26.06.2024 1,428.00", False),
        ("Rechnung 26.06.2024 1,428.00", "Rechnung 26.06.2024 1.428,00", True),
        ("Rechnung Nettobetrag Summe", "", False),
    ],
    ids=["the same", "misread here and there", "shifted letters", "other digits", "other points", "nothing there"],
)
def test_words_are_shown_where_the_engine_reads_about_the_same(layer, seen, expected):
    assert expected is shows_words(make_page(), words(layer), PlainEngine(text=seen))


def test_an_engine_that_fails_proves_nothing():
    assert not shows_words(make_page(), words(CLEAR), BlindEngine())


def read(layer, odd, first, second=None):
    reading = make_reading(1, layer, "text layer", source=Source.TEXT_LAYER)
    pages = Pages([make_page()], {1: reading}, odd=odd)
    return PageReader(first, second, is_stack=False).read_page(pages, 1)


def test_an_odd_layer_that_the_picture_shows_is_kept_and_the_page_is_not_read():
    first, second = PlainEngine(), PlainEngine("cheap", text=CLEAR)
    page = read(CLEAR, words(CLEAR), first, second)

    assert Source.TEXT_LAYER is page.reading.source
    assert () == page.notes
    assert ([], [], 1) == (first.read_pages, first.regions, len(second.regions))


def test_a_cipher_is_read_from_the_picture_and_the_record_says_so():
    page = read("Lqyrlfh qxpehu", words("Lqyrlfh qxpehu"), PlainEngine())

    assert CLEAR == page.reading.text
    assert (f"page 1: {CIPHER_NOTE}",) == page.notes

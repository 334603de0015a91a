import pytest

from invoicewatch.ocr.quality import find_poor_page, may_be_turned, measure_clarity, measure_quality


def test_a_sure_reading_raises_no_doubt(make_reading, make_word):
    sure = [make_word("Rechnungsnummer", width=0.12, confidence=96)] * 9
    reading = make_reading(*sure, make_word("4711", 0.5, confidence=10), make_word("|", 0.5, confidence=0))
    assert not find_poor_page(reading)
    assert measure_clarity(reading) == 9 / 10
    assert measure_quality(reading) == 9 * 15 / (9 * 15 + 4)


def test_scraps_of_pictures_make_a_page_poor_however_clear_its_long_words(make_reading, make_word):
    sure = [make_word("Rechnungsnummer", confidence=96)] * 9
    reading = make_reading(*sure, *[make_word("EE", confidence=10)] * 3)
    assert find_poor_page(reading)
    assert measure_quality(reading) > 0.9


def test_an_unsure_reading_is_doubted_as_a_whole(make_reading, make_word):
    doubts = find_poor_page(make_reading(make_word("Rechnungsnummer", confidence=60), page=3))
    assert [3] == [doubt.page for doubt in doubts.items]
    assert doubts.items[0].box is None
    assert doubts.items[0].field == ""
    assert "0%" in doubts.items[0].reason


def test_next_to_nothing_read_is_poor_however_sure(make_reading, make_word):
    assert measure_quality(make_reading(make_word("No", confidence=99))) == 0
    assert find_poor_page(make_reading())


def test_a_page_of_which_next_to_nothing_was_read_may_be_turned(make_reading, make_word):
    dirt = make_word("~oIlI.oI:Il_oll", 0.3, confidence=20)
    assert may_be_turned(make_reading(dirt))
    assert not may_be_turned(make_reading(dirt, make_word("Rechnung", confidence=95)))


@pytest.mark.parametrize(("width", "poor"), [(0.02, True), (0.008, False)])
def test_of_a_tills_wide_print_more_must_be_clear(make_word, make_reading, width, poor):
    words = [make_word("Kaffee", 0.1, n / 20, width=6 * width, confidence=50 if n == 0 else 95) for n in range(9)]
    doubts = find_poor_page(make_reading(*words))
    assert poor is any(doubt.box is None for doubt in doubts.items)

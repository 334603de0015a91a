from invoicewatch.ocr.quality import find_poor_pages, may_be_turned, measure_quality


def test_a_sure_reading_raises_no_doubt(make_reading, make_word):
    reading = make_reading(make_word("Rechnungsnummer", confidence=96), make_word("ab", 0.5, confidence=10))
    assert not find_poor_pages(reading)
    assert measure_quality(reading) == 15 / 17


def test_an_unsure_reading_is_doubted_as_a_whole(make_reading, make_word):
    doubts = find_poor_pages(make_reading(make_word("Rechnungsnummer", confidence=60), page=3))
    assert doubts.pages == (3,)
    assert doubts.items[0].box is None
    assert doubts.items[0].field == ""
    assert "0%" in doubts.items[0].reason


def test_next_to_nothing_read_is_poor_however_sure(make_reading, make_word):
    assert measure_quality(make_reading(make_word("No", confidence=99))) == 0
    assert find_poor_pages(make_reading())


def test_a_page_of_which_next_to_nothing_was_read_may_be_turned(make_reading, make_word):
    dirt = make_word("~oIlI.oI:Il_oll", 0.3, confidence=20)
    assert may_be_turned(make_reading(dirt))
    assert not may_be_turned(make_reading(dirt, make_word("Rechnung", confidence=95)))

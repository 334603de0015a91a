from dataclasses import replace
from itertools import pairwise

import pytest

from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.records import Box, Candidate, Line, Reading


def test_alike_readings_agree(make_reading, make_word):
    fused = fuse_readings(
        make_reading(make_word("12.50", confidence=96), engine="tesseract 5"),
        make_reading(make_word("12.50", confidence=90, engine="rapidocr"), engine="rapidocr 3"),
    )
    (word,) = fused.words
    assert word.text == "12.50"
    assert word.agreed
    assert fused.engine == "tesseract 5 + rapidocr 3"


def test_the_surer_reading_is_kept_and_the_other_noted(make_reading, make_word):
    fused = fuse_readings(
        make_reading(make_word("72.50", confidence=40)),
        make_reading(make_word("12.50", confidence=97, engine="rapidocr")),
    )
    (word,) = fused.words
    assert word.text == "12.50"
    assert not word.agreed
    assert word.others == (Candidate("72.50", 40, "tesseract"),)


def test_agreement_is_seen_through_different_splitting(make_reading, make_word):
    first = make_reading(make_word("Total12.50", 0.1, width=0.24))
    second = make_reading(
        make_word("Total", 0.1, confidence=50, engine="rapidocr"), make_word("12.50", 0.24, engine="rapidocr")
    )
    words = fuse_readings(first, second).words
    assert [("Total", True), ("12.50", True)] == [(word.text, word.agreed) for word in words]


def test_dirt_that_one_engine_alone_saw_goes(make_reading, make_word):
    first = make_reading(make_word("~'", 0.8, confidence=12), make_word("Due", 0.1, confidence=96))
    assert [word.text for word in fuse_readings(first, make_reading(engine="rapidocr")).words] == ["Due"]


def test_a_word_that_only_the_second_saw_is_added_in_its_row(make_reading, make_word):
    first = make_reading(make_word("Total", 0.1), make_word("Thanks", 0.1, 0.3))
    second = make_reading(make_word("12.50", 0.6, engine="rapidocr"), engine="rapidocr")
    assert fuse_readings(first, second).text == "Total 12.50\nThanks"


def test_outside_the_regions_that_were_read_again_all_stays(make_reading, make_word):
    first = make_reading(make_word("~'", 0.1, 0.8, confidence=12), make_word("~.", 0.1, 0.1, confidence=12))
    second = make_reading(engine="rapidocr", regions=(Box(0, 0, 1, 0.5),))
    assert [word.text for word in fuse_readings(first, second).words] == ["~'"]


def test_equal_confidence_is_worth_more_from_the_engine_that_is_less_often_wrong(make_reading, make_word):
    tesseract = make_reading(make_word("1NV", confidence=90))
    rapid = make_reading(make_word("INV", confidence=90, engine="rapidocr"))
    assert fuse_readings(tesseract, rapid).text == "INV"
    assert fuse_readings(rapid, tesseract).text == "INV"


def test_a_stroke_down_the_page_is_no_reading_of_what_it_crosses(make_reading, make_word):
    stroke = replace(make_word("|", 0.1, confidence=90), box=Box(0.1, 0.0, 0.11, 0.9))
    second = make_reading(
        make_word("1.50", 0.1, 0.2, engine="rapidocr"), make_word("2.50", 0.1, 0.3, engine="rapidocr")
    )
    assert fuse_readings(make_reading(stroke), second).text == "1.50\n2.50"


def test_a_word_whose_box_one_engine_cut_badly_is_not_doubled(make_reading, make_word):
    whole = make_word("Health", 0.1, 0.2, confidence=80, engine="rapidocr")
    sliver = replace(
        make_word("Health", 0.1, 0.2, confidence=93), box=Box(0.1, whole.box.y0, 0.2, whole.box.y0 + 0.001)
    )
    assert ["Health"] == [word.text for word in fuse_readings(make_reading(sliver), make_reading(whole)).words]


def test_a_stroke_through_a_line_is_no_reading_of_its_words(make_reading, make_word):
    word = make_word("Health", 0.1, 0.2, engine="rapidocr")
    stroke = replace(make_word("|", 0.1, 0.2, confidence=93), box=Box(0.1, 0.0, 0.11, 0.9))
    assert {"Health", "|"} >= {each.text for each in fuse_readings(make_reading(stroke), make_reading(word)).words}
    assert not any(each.others for each in fuse_readings(make_reading(stroke), make_reading(word)).words)


def test_a_word_is_as_wide_as_either_engine_saw_it(make_reading, make_word):
    first = make_reading(make_word("4711", 0.10, width=0.20, confidence=90))
    second = make_reading(make_word("4711", 0.13, width=0.14, confidence=99, engine="rapidocr"))
    (word,) = fuse_readings(first, second).words
    assert pytest.approx((0.10, 0.30)) == (word.box.x0, word.box.x1)


def test_regions_leave_the_lines_of_the_first_reading_as_they_are(make_word):
    """A label in the middle between two lines of its cell belongs to the line that the first engine gave it to."""
    upper = Line((make_word("Invoice", 0.3, 0.1), make_word("to", 0.5, 0.1)))
    lower = Line((make_word("IBAN", 0.3, 0.125), make_word("FR20", 0.5, 0.125)))
    label = make_word("Pavment", 0.1, 0.112, confidence=40)
    first = Reading(1, (upper, Line((label,)), lower), "tesseract")
    again = replace(label, text="Payment", confidence=99.0, engine="rapidocr")
    second = Reading(1, (Line((again,)),), "rapidocr", regions=(label.box,))

    fused = fuse_readings(first, second)

    assert ["Invoice to", "Payment", "IBAN FR20"] == [line.text for line in fused.lines]


def test_what_a_region_shows_besides_joins_the_line_beside_it(make_word):
    first = Reading(1, (Line((make_word("Total", 0.1, 0.5),)), Line((make_word("Thanks", 0.1, 0.6),))), "tesseract")
    found = make_word("12.50", 0.6, 0.502, engine="rapidocr")
    stray = make_word("Page", 0.6, 0.8, engine="rapidocr")
    second = Reading(1, (Line((found,)), Line((stray,))), "rapidocr", regions=(found.box, stray.box))

    assert ["Total 12.50", "Thanks", "Page"] == [line.text for line in fuse_readings(first, second).lines]


def test_an_engine_that_read_noise_does_not_say_how_the_lines_run(make_word):
    """It strings labels and grain together on lines that fall steeply; the other engine's lines tell."""
    places = [(0.1 + 0.1 * n, 0.2 + 0.03 * row, row) for row in range(4) for n in (0, 1, 6)]
    words = [make_word(f"w{row}{x:.1f}", x, y + 0.02 * x, engine="rapidocr", width=0.08) for x, y, row in places]
    noise = [make_word("~", 0.12 * n, 0.1 + 0.025 * n, confidence=20, width=0.02) for n in range(1, 8)]
    strung = (Line((make_word("w00.1", 0.1, 0.202, width=0.08), *noise)), Line(tuple(noise)))
    first = Reading(1, strung, "tesseract 5")
    second = Reading(1, tuple(Line(tuple(words[at : at + 3])) for at in range(0, 12, 3)), "rapidocr 3")
    assert [" ".join(word.text for word in words[at : at + 3]) for at in range(0, 12, 3)] == (
        fuse_readings(first, second).text.splitlines()
    )


def test_a_sheet_that_both_engines_read_across_its_lines_gets_its_own_lines_back(make_word):
    """Crooked, and set so close that the left of one line and the right of the next are as high as each other."""
    places = [(row, 0.1 + 0.13 * n) for row in range(6) for n in range(6)]
    words = {(row, x): make_word(f"w{row}", x, 0.2 + 0.016 * row - 0.05 * x, width=0.12) for row, x in places}
    rows = [[words[row, x] for n in range(6) for x in (0.1 + 0.13 * n,)] for row in range(6)]
    across = tuple(Line((*left[:3], *right[3:])) for left, right in pairwise(rows))
    first = Reading(1, (*across, Line(tuple(rows[0][3:])), Line(tuple(rows[-1][:3]))), "tesseract")
    again = [Line(tuple(replace(word, engine="rapidocr") for word in line.words)) for line in first.lines]

    assert [" ".join([f"w{row}"] * 6) for row in range(6)] == (
        fuse_readings(first, replace(first, lines=tuple(again), engine="rapidocr")).text.splitlines()
    )

"""What a scanner adds to an empty sheet is no ink; what a person or a printer put there is."""

import cv2
import numpy as np
import pytest

from invoicewatch.pages.stack.blank import Ink, find_ink, is_blank
from invoicewatch.records import Box, Line, Reading, Word

HEIGHT, WIDTH = 1754, 1240  # A4 at 150 dpi


@pytest.fixture
def sheet():
    return np.full((HEIGHT, WIDTH), 244, np.uint8)


def write(image, lines, grey=30):
    for number in range(lines):
        cv2.putText(image, f"Line {number} of an invoice", (150, 200 + 60 * number), 0, 1.0, grey, 2)
    return image


def scan(image, seed=7, noise=9.0, shade=45.0):
    """The uneven light and the noise of a bad copy."""
    rng = np.random.default_rng(seed)
    light = np.linspace(0, shade, WIDTH)[None, :] + np.linspace(0, shade / 2, HEIGHT)[:, None]
    return np.clip(image - light + rng.normal(0, noise, image.shape), 0, 255).astype(np.uint8)


def reading(*words, confidence=90.0):
    line = Line(tuple(Word(word, Box(0.1, 0.1, 0.2, 0.2), confidence, "plain") for word in words))
    return Reading(1, (line,) if words else (), "plain 1")


def punch(image):
    for y in (HEIGHT // 2 - 236, HEIGHT // 2 + 236):  # ISO 838: 80 mm apart, 12 mm from the edge, 6 mm wide
        cv2.circle(image, (71, y), 18, 40, -1)
    return image


def soil(image):
    rng = np.random.default_rng(3)
    for x, y in zip(rng.integers(100, WIDTH - 100, 40), rng.integers(100, HEIGHT - 100, 40), strict=True):
        cv2.circle(image, (int(x), int(y)), 2, 60, -1)
    return image


def streak(image):
    cv2.line(image, (700, 0), (704, HEIGHT), 90, 2)
    return image


def darken_edges(image):
    image[:, :25] = 20
    image[-30:] = 35
    return image


@pytest.mark.parametrize("add", [lambda image: image, punch, soil, streak, darken_edges])
@pytest.mark.parametrize("spoil", [lambda image: image, scan])
def test_what_a_scanner_adds_is_no_ink(sheet, add, spoil):
    assert find_ink(spoil(add(sheet))) is Ink.NONE


@pytest.mark.parametrize("spoil", [lambda image: image, scan])
@pytest.mark.parametrize("lines", [1, 3, 20])
def test_print_is_ink_however_bad_the_scan(sheet, spoil, lines):
    assert find_ink(spoil(write(sheet, lines))) is Ink.PRINT


def test_print_that_shines_through_is_faint(sheet):
    back = cv2.flip(cv2.GaussianBlur(write(sheet.copy(), 20), (0, 0), 2), 1)
    image = np.clip(sheet - (sheet.astype(float) - back) * 0.25, 0, 255).astype(np.uint8)
    assert find_ink(image) is Ink.FAINT


def test_a_dark_picture_and_a_page_without_light_are_not_taken_for_blank(sheet):
    sheet[300:1500, 100:1100] = 60
    assert find_ink(sheet) is not Ink.NONE
    assert find_ink(np.full((HEIGHT, WIDTH), 12, np.uint8)) is Ink.PRINT


@pytest.mark.parametrize(
    ("ink", "words", "blank"),
    [
        (Ink.NONE, ("noise",), True),
        (Ink.FAINT, (), True),
        (Ink.FAINT, ("latoT",), True),
        (Ink.FAINT, ("Total", "Tesco", "Dublin"), False),
        (Ink.LITTLE, (), True),
        (Ink.LITTLE, ("|", "."), True),
        (Ink.LITTLE, ("p2",), False),
        (Ink.PRINT, (), False),
    ],
)
def test_few_or_faint_marks_are_blank_unless_they_are_words(ink, words, blank):
    assert is_blank(ink, reading(*words)) is blank


def test_words_that_nobody_is_sure_of_are_none():
    assert is_blank(Ink.FAINT, reading("Total", "Tesco", "Dublin", confidence=50.0))

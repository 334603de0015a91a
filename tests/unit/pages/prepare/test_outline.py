"""Which sheets are found in a photograph, and which pictures are left alone."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.pages.prepare.outline import find_outline

WIDTH, HEIGHT = 900, 1200
SHEET = ((190, 120), (720, 170), (780, 1050), (110, 1010))


def lay(canvas, corners, paper=230):
    """Put a printed sheet on ``canvas``, its edges smooth as a lens shows them."""
    sheet = np.full((800, 600), paper, np.uint8)
    rng = np.random.default_rng(5)
    for top in range(60, 740, 24):
        for left in range(50, 520, 60):
            sheet[top : top + 9, left : left + int(rng.integers(15, 50))] = 40
    flat = np.array([(0, 0), (600, 0), (600, 800), (0, 800)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    size = canvas.shape[::-1]
    cover = cv2.warpPerspective(np.full(sheet.shape, 255, np.uint8), matrix, size).astype(np.float32) / 255
    shown = canvas * (1 - cover) + cover * cv2.warpPerspective(sheet, matrix, size)
    return cv2.GaussianBlur(shown, (0, 0), 1.0).astype(np.uint8)


def make_table(level=90, grain=6.0):
    rng = np.random.default_rng(9)
    table = level + cv2.GaussianBlur(rng.normal(0, 1, (HEIGHT, WIDTH)), (0, 0), sigmaX=20, sigmaY=1.5) * grain * 8
    return np.clip(table, 0, 255).astype(np.uint8)


def turn(corners, degrees):
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return (np.array(corners, float) - middle) @ np.array([[cosine, sine], [-sine, cosine]]) + middle


RECTANGLE = ((200, 200), (700, 200), (700, 900), (200, 900))


def test_a_sheet_on_a_darker_table_is_found_clockwise_from_top_left():
    assert find_outline(lay(make_table(), SHEET)) == pytest.approx(np.array(SHEET), abs=1.5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-45, 45), min_size=8, max_size=8), st.integers(30, 150))
def test_whatever_is_found_is_the_sheet(shifts, ground):
    corners = np.array(SHEET) + np.reshape(shifts, (4, 2))
    found = find_outline(lay(make_table(ground, 3.0), corners))
    assert found is None or np.abs(found - corners).max() < 3


@pytest.mark.parametrize("level", [20, 60, 120, 160])
def test_the_table_may_be_dark_or_middling(level):
    assert find_outline(lay(make_table(level), SHEET)) is not None


def test_a_sheet_half_in_shadow_is_found_whole():
    edge = np.arange(WIDTH)[None, :] - 400 + 0.3 * np.arange(HEIGHT)[:, None] - 200
    light = 1 - 0.5 / (1 + np.exp(-edge / 30))
    shaded = (lay(make_table(60), SHEET) * light).astype(np.uint8)
    assert find_outline(shaded) == pytest.approx(np.array(SHEET), abs=2.5)


def test_a_sheet_turned_too_far_to_be_made_level_is_found():
    corners = turn(RECTANGLE, 20)
    assert find_outline(lay(make_table(), corners)) == pytest.approx(corners, abs=1.5)


def test_the_scale_of_a_large_photograph_comes_back():
    large = cv2.resize(lay(make_table(), SHEET), None, fx=3, fy=3)
    assert find_outline(large) == pytest.approx(3 * np.array(SHEET), abs=5)


def crumple(picture, depth):
    """Edges that wave by ``depth`` pixels."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    waves = np.float32(depth) * (np.sin(y / 60) + np.sin(y / 23 + 1)), np.float32(depth) * np.sin(x / 50)
    return cv2.remap(picture, x + waves[0], y + waves[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def write_on_bar():
    """A letterhead of white words on a black bar along the upper edge: on a dark table the paper begins below it."""
    sheet = lay(make_table(40), SHEET)
    flat = np.array([(0, 0), (600, 0), (600, 800), (0, 800)], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, np.array(SHEET, np.float32))
    bar = np.zeros((800, 600), np.uint8)
    bar[:70] = 255
    words = np.full((800, 600), 40, np.uint8)
    cv2.putText(words, "Sample Trading Ltd", (30, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 235, 4)
    cover = cv2.warpPerspective(bar, matrix, (WIDTH, HEIGHT)) > 0
    return np.where(cover, cv2.warpPerspective(words, matrix, (WIDTH, HEIGHT)), sheet).astype(np.uint8)


def show_panel():
    """A grey page with a white panel in the middle, scanned."""
    page = np.full((HEIGHT, WIDTH), 150, np.uint8)
    page[200:1000, 100:800] = 250
    return page


def frame_page():
    page = np.full((HEIGHT, WIDTH), 250, np.uint8)
    cv2.polylines(page, [np.array(SHEET, np.int32)], isClosed=True, color=0, thickness=6)
    return page


LEFT_ALONE = {
    "a scanner's page fills the picture": lambda: lay(make_table(), ((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT))),
    "a corner lies outside": lambda: lay(make_table(), ((190, 120), (930, 60), (780, 1050), (110, 1010))),
    "the lower end is cut off": lambda: lay(make_table(), ((190, 120), (720, 170), (780, 1300), (110, 1280))),
    "crumpled": lambda: crumple(lay(make_table(), SHEET), 8),
    "white table": lambda: lay(make_table(228, 1.0), SHEET, 235),
    "two sheets": lambda: lay(
        lay(make_table(), ((560, 100), (860, 130), (850, 900), (580, 880))),
        ((60, 120), (520, 90), (500, 900), (40, 880)),
    ),
    "white words on a dark bar at the rim": write_on_bar,
    "nothing to mend": lambda: lay(make_table(), RECTANGLE),
    "little enough to be made level": lambda: lay(make_table(), turn(RECTANGLE, 3)),
    "too small": lambda: lay(make_table(), np.array(SHEET) * 0.4 + 200),
    "seen from the table's edge": lambda: lay(make_table(), ((380, 300), (520, 310), (860, 1100), (40, 1090))),
    "a panel on a grey page": show_panel,
    "a frame drawn on white": frame_page,
    "an empty table": make_table,
    "blank": lambda: np.full((HEIGHT, WIDTH), 255, np.uint8),
    "black": lambda: np.zeros((HEIGHT, WIDTH), np.uint8),
    "noise": lambda: np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH), dtype=np.uint8),
    "tiny": lambda: np.zeros((5, 3), np.uint8),
    "a strip": lambda: np.zeros((3, 4000), np.uint8),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_a_picture_without_a_sure_sheet_is_left_alone(name):
    assert find_outline(LEFT_ALONE[name]()) is None

"""Photographed rectangles come back as rectangles of their own shape."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.pages.prepare.perspective import find_ratio, lay_flat

WIDTH, HEIGHT = 900, 1200
ANGLES = st.floats(-25, 25)


def look(ratio, about_x, about_y, about_z, focal=0.75):
    """The corners of a rectangle of height 1 as a pinhole camera sees them, and the map from the rectangle."""
    x, y, z = np.radians([about_x, about_y, about_z])
    turned = (
        np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
        @ np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
        @ np.array([[np.cos(z), -np.sin(z), 0], [np.sin(z), np.cos(z), 0], [0, 0, 1]])
    )
    camera = np.array([[focal * HEIGHT, 0, WIDTH / 2], [0, focal * HEIGHT, HEIGHT / 2], [0, 0, 1]])
    matrix = camera @ np.column_stack([turned[:, 0], turned[:, 1], [0, 0, 1.3]])
    flat = np.array([(-ratio / 2, -0.5, 1), (ratio / 2, -0.5, 1), (ratio / 2, 0.5, 1), (-ratio / 2, 0.5, 1)])
    seen = flat @ matrix.T
    return seen[:, :2] / seen[:, 2:]


@settings(deadline=None)
@given(st.floats(0.3, 1.6), ANGLES, ANGLES, st.floats(-40, 40))
def test_the_shape_of_the_sheet_is_told_from_its_corners(ratio, about_x, about_y, about_z):
    corners = look(ratio, about_x, about_y, about_z)
    assert find_ratio(corners, (HEIGHT, WIDTH)) == pytest.approx(ratio, rel=0.02)


def test_seen_straight_on_the_sides_tell():
    assert find_ratio(look(0.7, 0, 0, 0), (HEIGHT, WIDTH)) == pytest.approx(0.7)


def test_a_long_lens_does_little_harm():
    corners = look(0.7, 12, -9, 3, focal=6.0)
    assert find_ratio(corners, (HEIGHT, WIDTH)) == pytest.approx(0.7, rel=0.1)


@settings(deadline=None)
@given(ANGLES, ANGLES, st.floats(-40, 40), st.integers(150, 2000))
def test_corners_lead_to_corners(about_x, about_y, about_z, max_width):
    corners = look(0.7, about_x, about_y, about_z)
    sheet, to_image = lay_flat(np.zeros((HEIGHT, WIDTH), np.uint8), corners, max_width)
    height, width = sheet.shape
    assert width <= max_width
    flat = np.array([(0, 0, 1), (width, 0, 1), (width, height, 1), (0, height, 1)]) @ to_image.T
    assert flat[:, :2] / flat[:, 2:] == pytest.approx(corners, abs=0.01)


def draw_dots():
    """A photograph with a dot of nine pixels at each of some places, and the places."""
    places = [(x, y) for x in range(300, 700, 100) for y in range(250, 1000, 150)]
    picture = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for x, y in places:
        cv2.circle(picture, (x, y), 4, 0, -1)
    return picture, np.array(places, float) + 0.5


@pytest.mark.parametrize("max_width", [400, 1500])
def test_every_pixel_leads_back_to_where_the_photograph_shows_it(max_width):
    picture, places = draw_dots()
    sheet, to_image = lay_flat(picture, look(0.7, 14, -10, 5), max_width)
    _, _, _, centres = cv2.connectedComponentsWithStats((sheet < 128).astype(np.uint8))
    mapped = np.column_stack([centres[1:] + 0.5, np.ones(len(centres) - 1)]) @ to_image.T
    found = mapped[:, :2] / mapped[:, 2:]
    assert len(places) == len(found)
    nearest = np.linalg.norm(found[:, None] - places[None], axis=2).min(axis=1)
    assert nearest.max() < 1


def test_the_resolution_of_the_photograph_is_kept():
    sheet, _ = lay_flat(
        np.zeros((HEIGHT, WIDTH), np.uint8), np.array([(100, 100), (800, 150), (780, 1100), (90, 1000)]), 1500
    )
    assert sheet.shape[1] >= 700
    assert sheet.shape[0] >= 950

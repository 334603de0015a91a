"""Lines are outlined as the model's makers outline them, whose corners all later figures were measured with."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from invoicewatch.ocr.rapid.outlines import outline_lines


def paint(*boxes):
    """How likely each pixel is text: boxes of (x, y, width, height, degrees, probability), their edges soft."""
    picture = np.zeros((320, 480), np.float32)
    for x, y, width, height, degrees, probability in boxes:
        corners = cv2.boxPoints(((x, y), (width, height), degrees)).astype(np.int32)
        cv2.fillPoly(picture, [corners], probability)
    return cv2.GaussianBlur(picture, (5, 5), 0)


def test_a_core_grows_to_its_line_and_specks_and_shadows_are_none():
    line, speck, shadow = (240, 100, 200, 12, 0, 1.0), (60, 200, 2, 2, 0, 1.0), (240, 250, 200, 12, 0, 0.4)
    (quad,) = outline_lines(paint(line, speck, shadow))
    assert np.all(np.abs(quad - [[131, 86], [350, 86], [350, 115], [131, 115]]) <= 5)


def test_lines_come_from_top_to_bottom_and_those_that_are_about_level_from_left_to_right():
    low, right, left = (240, 200, 100, 12, 0, 1.0), (360, 96, 80, 12, 0, 1.0), (120, 100, 80, 12, 0, 1.0)
    quads = outline_lines(paint(low, right, left))
    assert [80, 320, 190] == pytest.approx([quad[0, 0] for quad in quads], abs=16)


def test_a_page_without_text_has_none():
    assert (0, 4, 2) == outline_lines(np.zeros((64, 96), np.float32)).shape


def test_corners_are_those_of_the_makers_own_code():
    from rapidocr.ch_ppocr_det.main import TextDetector
    from rapidocr.ch_ppocr_det.utils import DBPostProcess

    theirs = DBPostProcess(0.3, 0.5, 1000, 1.6, "fast", use_dilation=True)
    random = np.random.default_rng(7)
    for _ in range(20):
        boxes = zip(
            random.uniform(0, 480, 12),
            random.uniform(0, 320, 12),
            random.uniform(2, 200, 12),
            random.uniform(2, 24, 12),
            random.uniform(-45, 45, 12),
            random.uniform(0.2, 1.0, 12),
            strict=True,
        )
        picture = paint(*boxes)
        expected = TextDetector.sorted_boxes(theirs(picture[None, None], picture.shape)[0])
        assert len(expected)
        assert np.array_equal(expected.astype(np.float32), outline_lines(picture))

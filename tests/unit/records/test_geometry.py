"""Boxes and transforms."""

import pytest

from invoicewatch.records import Box, Transform


def test_a_scaled_image_maps_to_fractions() -> None:
    assert Transform.scale(200, 100).box(50, 25, 100, 50) == Box(0.25, 0.25, 0.5, 0.5)


def test_a_box_never_leaves_the_page() -> None:
    assert Transform.scale(100, 100).box(-5, 90, 50, 130) == Box(0, 0.9, 0.5, 1)


def test_a_quarter_turn_maps_corners_to_corners() -> None:
    turned = Transform(0, 0.01, 0, -0.01, 0, 1)

    assert turned.apply(0, 0) == pytest.approx((0, 1))
    assert turned.apply(100, 0) == pytest.approx((0, 0))


def test_the_box_around_boxes() -> None:
    assert Box.around([Box(0.1, 0.5, 0.2, 0.6), Box(0.3, 0.4, 0.4, 0.55)]) == Box(0.1, 0.4, 0.4, 0.6)

"""The skew of a page is found whatever the light, and however little stands on it."""

import numpy as np
import pytest

from invoicewatch.pages.prepare.deskew import MIN_DEGREES, find_skew, level_lines

WIDTH, HEIGHT = 1000, 1400


def print_words(*, sparse, rules):
    """Words of uneven length with tails; a sparse page has labels at the left, amounts far right, and thin rules."""
    rng = np.random.default_rng(5)
    page = np.full((HEIGHT, WIDTH), 245, np.uint8)
    for top in range(150, 600 if sparse else 1250, 32):
        for left in (90, 780) if sparse else range(90, 860, 95):
            length = int(rng.integers(30, 85))
            page[top : top + 14, left : left + length] = 40
            page[top + 14 : top + 18, left + length // 2 : left + length // 2 + 4] = 40
        if rules and rng.random() < 0.4:
            page[top + 24, 90:870] = 90
    return page


def scan(page, degrees, *, shade, seed=1):
    """Lay the page askew; the light falls off by ``shade`` grey levels, and grain comes with it."""
    askew = level_lines(page, -degrees)[0] if degrees else page
    height, width = askew.shape
    fall = shade * (np.linspace(0, 0.6, width)[None, :] + np.linspace(0.4, 0, height)[:, None])
    grain = np.random.default_rng(seed).normal(0, shade / 6, askew.shape)
    return np.clip(askew - fall + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shade", [0, 50])
@pytest.mark.parametrize("rules", [False, True])
@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("degrees", [-7.5, -4.0, -1.7, -0.6, 0.6, 1.1, 2.3, 7.5])
def test_skew_is_found_to_a_sixth_of_a_degree(degrees, sparse, rules, shade):
    page = scan(print_words(sparse=sparse, rules=rules), degrees, shade=shade)
    assert find_skew(page) == pytest.approx(degrees, abs=0.15)


@pytest.mark.parametrize("shade", [0, 30, 60])
@pytest.mark.parametrize("rules", [False, True])
@pytest.mark.parametrize("sparse", [False, True])
def test_a_level_page_is_left_alone(sparse, rules, shade):
    assert find_skew(scan(print_words(sparse=sparse, rules=rules), 0, shade=shade)) == 0


@pytest.mark.parametrize("degrees", [-0.3, 0.2])
def test_what_is_nearly_level_is_not_turned(degrees):
    assert abs(degrees) < MIN_DEGREES
    assert find_skew(scan(print_words(sparse=True, rules=True), degrees, shade=40)) == 0

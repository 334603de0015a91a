"""Codes are found where they stand, and read as they were written or not at all."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from invoicewatch.pages.codes.decode import find_codes, find_wide_codes
from invoicewatch.pages.prepare.upright import turn


def test_a_code_is_read_with_its_place(draw_qr, put_on_page):
    picture = draw_qr("Straße 1\nEUR1.00")
    (code,) = find_codes(put_on_page((picture, (200, 700)), number=3))
    assert ("Straße 1\nEUR1.00", "QRCode", 3, "", "") == (code.text, code.format, code.page, code.taken_for, code.fault)
    quiet = 4 * 4
    side = picture.shape[0] - 2 * quiet
    expected = ((200 + quiet) / 1000, (700 + quiet) / 1400, (200 + quiet + side) / 1000, (700 + quiet + side) / 1400)
    assert list(code.box) == pytest.approx(expected, abs=0.004)


def test_codes_come_in_the_order_of_the_page(draw_qr, put_on_page):
    page = put_on_page((draw_qr("below"), (100, 900)), (draw_qr("above"), (600, 100)), (draw_qr("beside"), (700, 900)))
    assert ["above", "below", "beside"] == [code.text for code in find_codes(page)]


def test_a_page_without_codes_has_none(put_on_page):
    bars = np.tile(np.repeat(np.array([[20, 250]], np.uint8), 6, axis=1), (40, 30))
    assert find_codes(put_on_page((bars, (100, 100)))) == ()


def test_a_code_on_a_turned_page_has_its_place_on_the_turned_one(draw_qr, put_on_page):
    (code,) = find_codes(turn(put_on_page((draw_qr("x" * 20), (100, 100))), 2))
    assert code.box.x1 > 0.8
    assert code.box.y1 > 0.85


def test_a_pdf417_on_a_page_that_lies_askew_has_its_place(draw_pdf417, put_on_page):
    page = put_on_page((draw_pdf417("HRVHUB30\nEUR\n", 4), (300, 700)), width=1400)
    for row in range(100, 600, 40):
        page.image[row : row + 12, 100:1300:2] = 20
    turned = cv2.getRotationMatrix2D((700, 700), 3, 1)
    askew = cv2.warpAffine(page.image, turned, (1400, 1400), borderValue=250)
    (code,) = find_wide_codes(replace(page, image=np.asarray(askew, np.uint8)))
    (level,) = find_wide_codes(page)
    middle = turned @ np.array([level.box.middle[0] * 1400, level.box.middle[1] * 1400, 1])
    assert [side / 1400 for side in middle] == pytest.approx(code.box.middle, abs=0.01)


def test_a_pdf417_is_read_where_it_is_asked_for_only(draw_pdf417, put_on_page):
    page = put_on_page((draw_pdf417("HRVHUB30\nEUR\n"), (50, 300)), width=1400)
    assert find_codes(page) == ()
    (code,) = find_wide_codes(page)
    assert ("HRVHUB30\nEUR\n", "PDF417") == (code.text, code.format)


@pytest.mark.parametrize("seed", range(12))
def test_a_code_with_flipped_modules_is_read_as_written_or_not_at_all(draw_qr, put_on_page, seed):
    text = "BCD\n002\n1\nSCT\n\nLindenhof\nDE02120300000000202051\nEUR1250.00"
    picture = draw_qr(text).copy()
    rng = np.random.default_rng(seed)
    flipped = np.kron(rng.random((picture.shape[0] // 4, picture.shape[1] // 4)) < seed * 0.01, np.ones((4, 4), bool))
    picture[flipped] = 255 - picture[flipped]
    assert {code.text for code in find_codes(put_on_page((picture, (300, 300))))} <= {text}


def wear(picture, seed):
    """A small, pale, noisy code at an angle; of these seeds most are seen at first look and not read."""
    rng = np.random.default_rng(seed)
    side, angle = int(rng.integers(70, 200)), rng.uniform(-8, 8)
    image = np.full((700, 700), 245, np.uint8)
    image[300 : 300 + side, 300 : 300 + side] = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
    image = cv2.warpAffine(image, cv2.getRotationMatrix2D((350, 350), angle, 1), (700, 700), borderValue=245)
    pixels = cv2.GaussianBlur(image.astype(np.float32), (0, 0), rng.uniform(0.3, 1.2)) * 0.6 + 60
    return np.clip(pixels + rng.uniform(0, 12) * rng.standard_normal(pixels.shape), 0, 255).astype(np.uint8)


def test_a_code_that_was_seen_and_not_read_is_looked_at_again_larger(draw_qr, put_on_page, monkeypatch):
    picture = draw_qr("SPC payload " + "0123456789" * 12, scale=8)
    pages = [put_on_page((wear(picture, seed), (100, 300))) for seed in (40, 65, 145, 150, 223, 231, 297, 388)]
    counts = [len(find_codes(page)) for page in pages]
    monkeypatch.setattr("invoicewatch.pages.codes.decode._MOST_RETRIES", 0)
    assert sum(counts) > sum(len(find_codes(page)) for page in pages)
    assert max(counts) == 1  # however often it was seen

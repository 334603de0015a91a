import numpy as np

from invoicewatch.ocr.look import cut_busiest_band


def test_the_band_with_most_print_is_cut():
    page = np.full((100, 60), 255, np.uint8)
    page[70:80, ::2] = 0
    page[20:40, ::20] = 0
    band = cut_busiest_band(page, 0.1)
    assert band.shape == (10, 60)
    assert band[:, 0].max() == 0


def test_a_blank_page_has_a_band_too():
    assert cut_busiest_band(np.full((7, 5), 255, np.uint8), 0.18).shape == (1, 5)

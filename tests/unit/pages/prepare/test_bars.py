import cv2
import numpy as np
import pytest
import segno
from PIL import Image

from invoicewatch.pages.prepare.bars import lighten_bars

WIDTH, HEIGHT, PAPER = 1200, 1600, 245
BAR = slice(300, 352), slice(100, 1100)


@pytest.fixture
def page():
    image = np.full((HEIGHT, WIDTH), PAPER, np.uint8)
    write(image, "Twelve oak boards", 120, 500, 20)
    write(image, "Total due 480.00", 120, 560, 20)
    return image


def write(image, text, x, y, ink, scale=1.0):
    cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, scale, int(ink), 2, cv2.LINE_AA)


@pytest.mark.parametrize(("ground", "letters"), [(0, 255), (60, 250), (120, 255), (160, 255)])
def test_light_words_in_a_bar_become_dark_words_on_paper(page, ground, letters):
    page[BAR] = ground
    write(page, "Total due 480.00", 130, 337, letters)
    plain = np.full_like(page, PAPER)
    write(plain, "Total due 480.00", 130, 337, 0)
    turned = lighten_bars(page)
    assert np.abs(turned[BAR].astype(int) - plain[BAR]).mean() < 3
    assert np.array_equal(turned[400:], page[400:])


@pytest.mark.parametrize("degrees", [-0.4, 0.4])
def test_a_bar_a_little_askew_is_turned_whole(page, degrees):
    page[BAR] = 30
    write(page, "Description", 130, 337, 255)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    askew = cv2.warpAffine(page, turn, (WIDTH, HEIGHT), borderValue=PAPER)
    dark = (lighten_bars(askew)[280:380] < 128).mean()
    assert 0 < dark < 0.1 < (askew[280:380] < 128).mean()


def test_a_bar_that_heads_a_framed_table_is_turned_and_the_frame_stays(page):
    for y in (700, 740, 780):
        page[y : y + 3, 100:1100] = 30
    for x in (100, 600, 1097):
        page[352:783, x : x + 3] = 30
    page[BAR] = 30
    write(page, "Amount", 700, 337, 255)
    turned = lighten_bars(page)
    assert (turned[BAR] > 200).mean() > 0.9
    assert np.array_equal(turned[400:], page[400:])


def test_a_box_of_paper_in_a_bar_stays_as_it_is(page):
    page[BAR] = 30
    write(page, "Date", 130, 337, 255)
    page[310:342, 700:1000] = PAPER
    write(page, "01.02.2025", 720, 337, 20, 0.8)
    turned = lighten_bars(page)
    assert np.array_equal(turned[312:340, 704:996], page[312:340, 704:996])
    assert (turned[BAR] > 200).mean() > 0.8


def draw_empty_bar(image):
    image[BAR] = 20


def draw_dark_words_on_grey(image):
    image[BAR] = 170
    write(image, "Total due 480.00", 130, 337, 10)


def draw_bold_figures(image):
    write(image, "8008 RM8.80 B0B", 100, 340, 0, 1.6)
    write(image, "8008 RM8.80 B0B", 102, 340, 0, 1.6)


def draw_barcode(image):
    rng = np.random.default_rng(5)
    for x in range(100, 700, 4):
        if rng.random() < 0.5:
            image[300:400, x : x + 4] = 0


def draw_code(image):
    modules = np.array(segno.make_qr("SPD*1.0*ACC:CZ5855000000001265098001*AM:480.00").matrix, np.uint8)
    code = np.asarray(
        Image.fromarray(255 - 255 * modules).resize((modules.shape[1] * 8,) * 2, Image.Resampling.NEAREST)
    )
    image[200 : 200 + code.shape[0], 700 : 700 + code.shape[1]] = code


def draw_stamp(image):
    cv2.circle(image, (600, 340), 120, 40, -1)
    write(image, "PAID", 545, 350, 240, 1.4)


def draw_shadow(image):
    image[:, :400] = (image[:, :400] * np.linspace(0.3, 1.0, 400)).astype(np.uint8)


def draw_picture(image):
    rng = np.random.default_rng(3)
    image[200:420, 300:800] = cv2.GaussianBlur(rng.integers(0, 255, (220, 500), dtype=np.uint8), (0, 0), 6)


@pytest.mark.parametrize(
    "draw",
    [
        draw_empty_bar,
        draw_dark_words_on_grey,
        draw_bold_figures,
        draw_barcode,
        draw_code,
        draw_stamp,
        draw_shadow,
        draw_picture,
    ],
)
def test_what_is_no_bar_of_light_words_is_not_touched(page, draw):
    draw(page)
    assert lighten_bars(page) is page


def test_a_table_around_a_photographed_sheet_is_no_bar(page):
    page[:200] = 30
    page[:, :60] = 30
    write(page, "knife fork", 300, 120, 230)
    assert lighten_bars(page, on_table=True) is page


def test_a_bar_on_a_photographed_sheet_is_one(page):
    page[:, :60] = 30
    page[BAR] = 30
    write(page, "Description", 130, 337, 255)
    assert (lighten_bars(page, on_table=True)[BAR] > 200).mean() > 0.9


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (2000, 3), (40, 40)])
def test_a_page_of_any_size_comes_back(shape):
    image = np.zeros(shape, np.uint8)
    assert lighten_bars(image) is image

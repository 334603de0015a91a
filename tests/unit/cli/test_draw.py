import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from invoicewatch.cli.answer.evidence.draw import draw_blocks, draw_iterm, draw_kitty, draw_sixel

NOISE = np.random.default_rng(7).integers(0, 256, (40, 200), dtype=np.uint8)


def match(pattern, text):
    """The match of the whole text, which must be one."""
    found = re.fullmatch(pattern, text, re.DOTALL)
    assert found is not None
    return found


def decode_png(data):
    return np.asarray(Image.open(io.BytesIO(data)))


def test_kitty_takes_a_png_in_chunks():
    text = draw_kitty(NOISE, 80)
    chunks = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", text)
    assert chunks[0][0].startswith("a=T,f=100,c=25,")
    assert [head[-1] for head, _ in chunks] == ["1"] * (len(chunks) - 1) + ["0"]
    assert all(len(data) <= 4096 for _, data in chunks)
    assert (decode_png(base64.b64decode("".join(data for _, data in chunks))) == NOISE).all()


def test_iterm_takes_a_png_with_its_size():
    sequence = r"\x1b\]1337;File=inline=1;size=(\d+);width=(\d+):(.*)\x07\n"
    size, width, data = match(sequence, draw_iterm(NOISE, 80)).groups()
    png = base64.b64decode(data)
    assert (int(size), int(width)) == (len(png), 25)
    assert (decode_png(png) == NOISE).all()


def decode_sixel(text):
    """A decoder of our own: bands of six rows, colours one over the other."""
    body = match(r"\x1bPq(.*)\x1b\\\n", text)[1]
    palette = {int(n): int(g) for n, g in re.findall(r"#(\d+);2;(\d+);\d+;\d+", body)}
    body = re.sub(r"#\d+;2;\d+;\d+;\d+", "", body)
    bands = []
    for band in body.split("-"):
        lines = [match(r"#(\d+)(.*)", line).groups() for line in band.split("$")]
        picture = np.full((6, len(lines[0][1])), -1)
        for level, characters in lines:
            for x, character in enumerate(characters):
                for y in range(6):
                    if (ord(character) - 63) >> y & 1:
                        picture[y, x] = palette[int(level)]
        bands.append(picture)
    return np.vstack(bands)


def test_sixels_decode_to_the_picture_in_sixteen_greys():
    decoded = decode_sixel(draw_sixel(NOISE, 80))[:40]
    assert decoded.shape == NOISE.shape
    assert (np.abs(decoded * 2.55 - NOISE) <= 17).all()


@pytest.mark.parametrize("height", [39, 40])
def test_half_blocks_show_two_pixels_a_character_within_the_width(height):
    text = draw_blocks(NOISE[:height], 80)
    lines = text.splitlines()
    assert all(line.count("▀") == 80 for line in lines)
    assert all(line.endswith("\x1b[0m") for line in lines)


def test_a_small_picture_is_not_blown_up():
    assert draw_blocks(NOISE[:2, :10], 80).count("▀") == 10

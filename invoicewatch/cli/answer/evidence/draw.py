"""Pictures as the terminal takes them: kitty's and iTerm's protocols, sixels, or half blocks anywhere else.

Each function turns a greyscale image into the text to write. Formats: the kitty graphics protocol
(https://sw.kovidgoyal.net/kitty/graphics-protocol/), iTerm2's inline images (https://iterm2.com/documentation-images.html),
DEC's sixels (https://vt100.net/docs/vt3xx-gp/chapter14.html).
"""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
_KITTY_CHUNK = 4096
_SIXEL_LEVELS = 16
_SIXEL_ROWS = 6
_PIXELS_A_COLUMN = 8


def draw_kitty(image: Grey, columns: int) -> str:
    """PNG in base64, in chunks, scaled by the terminal to at most ``columns``."""
    data = base64.b64encode(_png(image)).decode("ascii")
    chunks = [data[i : i + _KITTY_CHUNK] for i in range(0, len(data), _KITTY_CHUNK)]
    parts = []
    for number, chunk in enumerate(chunks):
        head = f"a=T,f=100,c={_columns(image, columns)}," if number == 0 else ""
        parts.append(f"\x1b_G{head}m={int(number < len(chunks) - 1)};{chunk}\x1b\\")
    return "".join(parts) + "\n"


def draw_iterm(image: Grey, columns: int) -> str:
    """PNG in base64 in one sequence."""
    data = _png(image)
    text = base64.b64encode(data).decode("ascii")
    return f"\x1b]1337;File=inline=1;size={len(data)};width={_columns(image, columns)}:{text}\x07\n"


def draw_sixel(image: Grey, columns: int) -> str:
    """Sixels in sixteen greys."""
    levels = _fit(image, columns * _PIXELS_A_COLUMN).astype(int) * _SIXEL_LEVELS // 256
    palette = "".join(f"#{n};2;{g};{g};{g}" for n, g in enumerate(np.linspace(0, 100, _SIXEL_LEVELS).astype(int)))
    bands = [_sixel_band(levels[top : top + _SIXEL_ROWS]) for top in range(0, levels.shape[0], _SIXEL_ROWS)]
    return f"\x1bPq{palette}{'-'.join(bands)}\x1b\\\n"


def draw_blocks(image: Grey, columns: int) -> str:
    """Two pixels a character: the upper one as its colour, the lower one as its ground."""
    small = _fit(image, columns)
    if small.shape[0] % 2:
        small = np.vstack([small, np.full((1, small.shape[1]), 255, np.uint8)])
    lines = []
    for upper, lower in zip(small[::2], small[1::2], strict=True):
        cells = (f"\x1b[38;2;{u};{u};{u};48;2;{v};{v};{v}m▀" for u, v in zip(upper, lower, strict=True))
        lines.append("".join(cells) + "\x1b[0m\n")
    return "".join(lines)


def _sixel_band(rows: NDArray[np.int_]) -> str:
    """Six rows: for every grey in use a line of characters whose bits say where it is."""
    weights = 1 << np.arange(rows.shape[0])
    lines = []
    for level in np.unique(rows):
        bits = ((rows == level) * weights[:, None]).sum(axis=0)
        lines.append(f"#{level}" + "".join(chr(63 + int(b)) for b in bits))
    return "$".join(lines)


def _fit(image: Grey, width: int) -> Grey:
    """The image at most ``width`` pixels wide."""
    if image.shape[1] <= width:
        return image
    height = max(1, round(image.shape[0] * width / image.shape[1]))
    return np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.BOX))


def _columns(image: Grey, columns: int) -> int:
    return int(max(1, min(columns, image.shape[1] // _PIXELS_A_COLUMN)))


def _png(image: Grey) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    return buffer.getvalue()

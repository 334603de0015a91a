"""From any Pillow image to 8-bit greyscale, or colours, on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

_DEPTHS = (1.0, 255.0, 4095.0, 65535.0)  # floating point 0-1; 8, 12 (film scanners) and 16 bits


def to_grey(image: Image.Image) -> NDArray[np.uint8]:
    """Convert ``image`` of any mode to uint8 of shape (height, width), transparency over white.

    Decodes the image if that has not happened yet, and raises what Pillow raises.
    """
    image.load()
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        return _narrow(np.asarray(image))
    if image.has_transparency_data:
        image = _put_on_white(image)
    elif image.mode in {"CMYK", "LAB", "HSV", "YCbCr"}:
        image = image.convert("RGB")  # Pillow has no direct way from these to L
    return np.asarray(image.convert("L"))


def to_colour(image: Image.Image, max_width: int) -> NDArray[np.uint8]:
    """Convert ``image`` of any mode to uint8 of shape (height, width, 3), RGB on white, at most ``max_width`` wide.

    Decodes the image if that has not happened yet, and raises what Pillow raises.
    """
    image.load()
    if image.mode in {"I", "F", "1", "L"} or image.mode.startswith("I;16"):
        from PIL import Image

        image = Image.fromarray(to_grey(image))
    elif image.has_transparency_data:
        image = _put_on_white(image)
    image = image.convert("RGB")
    if image.width > max_width:
        image = image.resize((max_width, max(1, round(image.height * max_width / image.width))), reducing_gap=2.0)
    return np.asarray(image)


def _narrow(samples: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Map samples of more than 8 bits to 8; the depth is the smallest usual one that holds the brightest."""
    values = samples.astype(np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    brightest = float(values.max(initial=0.0))
    top = next((depth for depth in _DEPTHS if brightest <= depth), brightest)
    narrow: NDArray[np.uint8] = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    return narrow


def _put_on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    layers = image.convert("RGBA")
    white = Image.new("RGBA", layers.size, "white")
    return Image.alpha_composite(white, layers)

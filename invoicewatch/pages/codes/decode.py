"""Finds the codes on a page and decodes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from invoicewatch.pages.prepare.deskew import find_skew, level_lines
from invoicewatch.records import Box, Code, Page, Transform

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MARGIN = 0.15  # of a code's longer side: its quiet zone, and what a wrong guess of its corners needs
_SCALE = 2  # times: where a module has less than two pixels, more of them are drawn between
_MOST_RETRIES = 4  # codes of a page that are looked at again; a pattern of cloth looks like hundreds
_SMALLEST = 16  # pixels
_SMOOTHING = ((1.2, 2.5), (0.8, 2.0))  # pixels across and down of the enlarged page: bars are higher than broad


def find_codes(page: Page) -> tuple[Code, ...]:
    """The QR codes on ``page``, top to bottom, each once.

    A QR code that was seen and could not be decoded is cut out and looked at again, larger. Error correction makes sure
    that what is decoded is what was printed.
    """
    found = list(_decode(page.image, "QRCode"))
    read = [_make_code(each, page, 0, 0, 1) for each in found if each.valid]
    for seen in [each for each in found if not each.valid][:_MOST_RETRIES]:
        again = _decode_again(page, seen)
        if again is not None and not any(_is_same(again, code) for code in read):
            read.append(again)
    return _sort(read)


def find_wide_codes(page: Page) -> tuple[Code, ...]:
    """The PDF417 codes on ``page``, top to bottom; it should be as fine as it came.

    Their rows must be level, and their bars, finer than a QR code's modules, free of noise: it takes ten times as long.
    """
    import cv2

    level = _level(page)
    larger = cv2.resize(level.image, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC)
    for across, down in _SMOOTHING:
        smooth = np.asarray(cv2.GaussianBlur(larger, (0, 0), sigmaX=across, sigmaY=down), dtype=np.uint8)
        found = [each for each in _decode(smooth, "PDF417") if each.valid]
        if found:
            return _sort(_make_code(each, level, 0, 0, _SCALE) for each in found)
    return ()


def _sort(codes: Iterable[Code]) -> tuple[Code, ...]:
    return tuple(sorted(codes, key=lambda code: (code.box.y0, code.box.x0)))


def _level(page: Page) -> Page:
    skew = find_skew(page.image)
    if not skew:
        return page
    image, to_skewed = level_lines(page.image, skew)
    matrix = np.array(page.to_upright, dtype=float).reshape(3, 3) @ to_skewed
    transform = Transform(*(float(value) for value in (matrix / matrix[2, 2]).flat))
    return Page(page.number, np.ascontiguousarray(image), page.size, transform)


def _is_same(one: Code, other: Code) -> bool:
    """Whether both are one code: guesses at its corners differ."""
    return one.text == other.text and other.box.holds(one.box)


def _decode(image: NDArray[np.uint8], name: str) -> Iterator[Any]:
    """What is seen of the format called ``name``, decoded or not."""
    import zxingcpp

    yield from zxingcpp.read_barcodes(
        image,
        formats=getattr(zxingcpp.BarcodeFormat, name),
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
        try_invert=False,
        try_rotate=name == "QRCode",
        try_downscale=name == "QRCode",
    )


def _decode_again(page: Page, seen: Any) -> Code | None:
    """What is read at the place of a code that was seen, enlarged; None where it stays unread."""
    import cv2

    xs, ys = zip(*_list_corners(seen), strict=True)
    margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
    height, width = page.image.shape
    x0, y0 = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    x1, y1 = min(width, int(max(xs) + margin)), min(height, int(max(ys) + margin))
    if min(x1 - x0, y1 - y0) < _SMALLEST:
        return None
    cut = page.image[y0:y1, x0:x1]
    larger = np.asarray(cv2.resize(cut, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    again = next((each for each in _decode(larger, "QRCode") if each.valid), None)
    return None if again is None else _make_code(again, page, x0, y0, _SCALE)


def _make_code(found: Any, page: Page, x0: int, y0: int, scale: int) -> Code:
    """The code with its place on the page; it was found ``scale`` times as large, from (x0, y0) on."""
    points = [page.to_upright.apply(x0 + x / scale, y0 + y / scale) for x, y in _list_corners(found)]
    xs, ys = zip(*points, strict=True)
    box = Box(*(min(1.0, max(0.0, side)) for side in (min(xs), min(ys), max(xs), max(ys))))
    return Code(found.text, _name_format(found), page.number, box)


def _list_corners(found: Any) -> list[tuple[int, int]]:
    place = found.position
    return [(at.x, at.y) for at in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]


def _name_format(found: Any) -> str:
    """``QRCode`` or ``PDF417``; of a QR code's models there is no need to speak."""
    import zxingcpp

    return "PDF417" if found.symbology == zxingcpp.BarcodeFormat.PDF417 else "QRCode"

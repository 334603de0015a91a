"""RapidOCR as an `OcrEngine`: the second opinion."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import DependencyError
from invoicewatch.ocr.look import find_prose
from invoicewatch.ocr.rapid.canvas import fit_canvas
from invoicewatch.ocr.rapid.ctc import Run, decode, join_glyphs
from invoicewatch.ocr.rapid.lattice import find_lattices
from invoicewatch.ocr.rapid.line_images import LineImage, cut_line, is_standing, pad_line
from invoicewatch.ocr.rapid.models import COLUMNS_PER_STEP, LINE_HEIGHT, RapidModels, choose_backend
from invoicewatch.ocr.rapid.spacing import split_words
from invoicewatch.ocr.rapid.ways import change_picture
from invoicewatch.ocr.regions import PixelBox, find_line_corners
from invoicewatch.records import Box, Line, Page, Reading, Transform, Word
from invoicewatch.records.rows import group_rows
from invoicewatch.records.slant import Slant

if TYPE_CHECKING:
    from numpy.typing import NDArray


Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
NAME = "rapidocr"

LONGEST_SIDE = 960
"""Pixels of the image in which text is looked for; more finds no more."""

_GLANCE_RATIO = 20  # width over height of what is read of a line: some five words, and 1024 columns with their air
_JUDGES = 12  # lines that say which way is up
_AIR_BESIDE = 0.3  # of its height, left and right of a word that is read alone
_AIR_ABOVE = 0.1  # of its height, above and below
_MIN_PROBABILITY = 0.5  # mean over a line: below, it is a pattern that the detector took for text


class RapidOcrEngine:
    """Detects lines and reads each with a neural network, one thread, or several lines at once (`use_threads`)."""

    name = NAME

    def __init__(self) -> None:
        self._threads = 1
        self._models: RapidModels | None = None
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """Name and version, e.g. ``rapidocr 3.10.0 PP-OCRv6 small``."""
        return f"{NAME} {version('rapidocr')} PP-OCRv6 small"

    def read(self, page: Page) -> Reading:
        """Read the whole page. Raises DependencyError if the models cannot run."""
        return self._read_quads(page, self._find_quads(page))

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        """Read these regions as one line each, without looking for text in them."""
        lines = list(filter(None, self._spread(partial(self._read_region, page), boxes)))
        rows = tuple(map(Line.join, group_rows(lines, Slant(page.to_upright.slope))))
        return Reading(page.number, rows, self.version, regions=tuple(boxes))

    def read_otherwise(self, page: Page, boxes: Sequence[Box]) -> tuple[tuple[str, ...], ...]:
        """For each box, about one word, what is read of its picture once that is changed, in each way."""
        return tuple(self._spread(partial(self._read_ways, page), [_add_air(box, page) for box in boxes]))

    def glance(self, page: Page) -> Iterator[str]:
        """The beginnings of the longest lines, read without looking for text in detail: enough to tell a language."""
        models = self._load()
        for line in find_prose(page.image):
            end = min(line.x1, line.x0 + _GLANCE_RATIO * (line.y1 - line.y0))
            cut = cut_line(page.image, _find_corners(replace(line, x1=end)), LINE_HEIGHT)
            yield join_glyphs(decode(models.recognise(cut.image)))

    def find_quarter_turns(self, page: Page) -> int:
        """How many quarter turns clockwise bring ``page`` upright.

        Lines that stand mean a page on its side; of the two ways left, the one in which lines are read with more
        confidence is up.
        """
        quads = sorted(self._find_quads(page), key=_measure_length, reverse=True)[:_JUDGES]
        if not quads:
            return 0
        sideways = sum(_measure_length(quad) if is_standing(quad) else -_measure_length(quad) for quad in quads) > 0
        agreeing = [quad for quad in quads if is_standing(quad) == sideways]
        ways = [sum(self._measure_certainty(page, np.roll(quad, turn, axis=0)) for quad in agreeing) for turn in (0, 2)]
        # a standing line is cut as if it ran downwards: if it does, the page was turned clockwise once
        return ((3 if sideways else 0) + (2 if ways[1] > ways[0] else 0)) % 4

    def use_threads(self, count: int) -> None:
        """Read so many lines at once; asked for before the first page."""
        self._threads = count

    def warm(self) -> None:
        """Load the models. What goes wrong shows when they are first used."""
        with suppress(DependencyError):
            self._load().warm()

    def close(self) -> None:
        """Free the models; the next reading loads them again."""
        with self._lock:
            self._models = None

    def _load(self) -> RapidModels:
        with self._lock:
            if self._models is None:
                self._models = RapidModels.find(self._threads)
            return self._models

    def _find_quads(self, page: Page) -> NDArray[np.float32]:
        canvas = fit_canvas(page.image, LONGEST_SIDE)
        return self._load().detect(canvas.image) / np.float32(canvas.scale)

    def _measure_certainty(self, page: Page, quad: NDArray[np.float32]) -> float:
        models = self._load()
        glyphs = decode(models.recognise(cut_line(page.image, quad, LINE_HEIGHT).image))
        return sum(glyph.probability for glyph in glyphs) / max(1, len(glyphs))

    def _read_quads(self, page: Page, quads: Iterable[NDArray[np.float32]]) -> Reading:
        pieces = list(filter(None, self._spread(partial(self._read_quad, page), quads)))
        lines = tuple(map(Line.join, group_rows(pieces, Slant(page.to_upright.slope))))
        return Reading(page.number, lines, self.version)

    def _spread(self, read: Callable[[Asked], Answer], asked: Iterable[Asked]) -> list[Answer]:
        """What is read of each, in order."""
        if self._threads == 1:
            return list(map(read, asked))
        with ThreadPoolExecutor(self._threads) as threads:
            return list(threads.map(read, asked))

    def _read_region(self, page: Page, box: Box) -> Line | None:
        """One region's words, as high as the region: the air around it that the engine wants is not theirs."""
        line = self._read_quad(page, find_line_corners(page, box))
        if line is None:
            return None
        words = (replace(word, box=_keep_within(word.box, box)) for word in line.words)
        return replace(line, words=tuple(words))

    def _read_ways(self, page: Page, box: Box) -> tuple[str, ...]:
        models = self._load()
        cut = cut_line(page.image, find_line_corners(page, box), LINE_HEIGHT)
        pictures = map(pad_line, change_picture(cut.image[:, : cut.used_px]))
        return tuple(join_glyphs(decode(models.recognise(picture))) for picture in pictures)

    def _read_quad(self, page: Page, quad: NDArray[np.float32]) -> Line | None:
        models = self._load()
        cut = cut_line(page.image, quad, LINE_HEIGHT)
        steps = models.recognise(cut.image)
        glyphs = decode(steps)
        if not glyphs or sum(glyph.probability for glyph in glyphs) < _MIN_PROBABILITY * len(glyphs):
            return None
        runs = split_words(glyphs, steps.spaces, cut, COLUMNS_PER_STEP)
        words = tuple(_place(run, cut, page.to_upright) for run in runs)
        return Line(words, find_lattices(steps, runs, NAME)) if words else None


def open_rapidocr(_settings: OcrSettings) -> RapidOcrEngine:
    """The engine; its models are only looked for by the first reading.

    Raises:
        DependencyError: A package that it needs is not installed.
    """
    choose_backend()
    return RapidOcrEngine()


def _place(run: Run, cut: LineImage, to_upright: Transform) -> Word:
    """A word with its box: half a step of air on either side of its first and last glyph."""
    x0 = run.glyphs[0].step * COLUMNS_PER_STEP
    x1 = (run.glyphs[-1].step + 1) * COLUMNS_PER_STEP
    return Word(run.text, cut.find_box(x0, x1, to_upright), 100.0 * run.probability, NAME)


def _add_air(box: Box, page: Page) -> Box:
    """The box with a little ground around the word, as the recogniser knows words; within the page."""
    down = box.height
    across = down * page.size.height_px / page.size.width_px
    return Box(
        max(0.0, box.x0 - _AIR_BESIDE * across),
        max(0.0, box.y0 - _AIR_ABOVE * down),
        min(1.0, box.x1 + _AIR_BESIDE * across),
        min(1.0, box.y1 + _AIR_ABOVE * down),
    )


def _keep_within(box: Box, region: Box) -> Box:
    return box._replace(y0=max(box.y0, region.y0), y1=min(box.y1, region.y1))


def _measure_length(quad: NDArray[np.float32]) -> float:
    """The longer side of a quadrangle in pixels."""
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    return float(sides.max())


def _find_corners(region: PixelBox) -> NDArray[np.float32]:
    corners = ((region.x0, region.y0), (region.x1, region.y0), (region.x1, region.y1), (region.x0, region.y1))
    return np.array(corners, np.float32)

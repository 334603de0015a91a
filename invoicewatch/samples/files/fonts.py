"""The typefaces of the samples, and how wide and tall words are in them.

All come in packages under the SIL Open Font License, so that a page looks the same on every machine.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from invoicewatch.records import Box

# Metrics are read once at this size (pixels an em) and scaled; large enough that hinting does not show.
_METRIC_SIZE = 400


class Face(StrEnum):
    """A typeface and weight; the value is package and file."""

    SANS = "fontpkg_pt_sans/PT_Sans-Web-Regular.ttf"
    SANS_BOLD = "fontpkg_pt_sans/PT_Sans-Web-Bold.ttf"
    SERIF = "fontpkg_ibm_plex_serif/IBMPlexSerif-Regular.ttf"
    SERIF_BOLD = "fontpkg_ibm_plex_serif/IBMPlexSerif-SemiBold.ttf"
    MONO = "fontpkg_ibm_plex_mono/IBMPlexMono-Regular.ttf"
    MONO_BOLD = "fontpkg_ibm_plex_mono/IBMPlexMono-SemiBold.ttf"

    @property
    def path(self) -> Path:
        """The font file."""
        package, file = self.value.split("/")
        return Path(str(files(package) / "files" / file))


@cache
def load_font(face: Face, size_px: float) -> ImageFont.FreeTypeFont:
    """Open a face at a size. Basic layout: shaping libraries differ between machines, and no sample needs them."""
    return ImageFont.truetype(face.path, size_px, layout_engine=ImageFont.Layout.BASIC)


@cache
def measure_width(face: Face, text: str) -> float:
    """Width of the text in ems."""
    return load_font(face, _METRIC_SIZE).getlength(text) / _METRIC_SIZE


@cache
def measure_ink(face: Face, word: str) -> Box:
    """The inked rectangle of a word in ems, from the left end of its baseline; y grows downwards."""
    x0, y0, x1, y1 = load_font(face, _METRIC_SIZE).getbbox(word, anchor="ls")
    return Box(x0 / _METRIC_SIZE, y0 / _METRIC_SIZE, x1 / _METRIC_SIZE, y1 / _METRIC_SIZE)

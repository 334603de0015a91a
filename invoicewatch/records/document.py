"""A claimed document and its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from invoicewatch.records.correction import Refusal
from invoicewatch.records.geometry import Transform

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Document:
    """Claimed bytes, and where they came from.

    ``path`` is the original's path as text (undecodable bytes as surrogates, as ``os.fsdecode`` gives them).
    ``media_type`` is told from the content, never from the name. ``arrived`` is timezone-aware UTC. ``refused`` are the
    changes of its text that people refused when it was read before.
    """

    path: str
    content: bytes
    sha256: str
    media_type: str
    arrived: datetime
    refused: tuple[Refusal, ...] = ()


class TakenFor(StrEnum):
    """What a file inside the document was taken for."""

    E_INVOICE = "e-invoice"
    PAGES = "pages"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the document. ``media_type`` is told from its content, ``size_bytes`` is its length unpacked."""

    name: str
    media_type: str
    size_bytes: int
    taken_for: TakenFor = TakenFor.NOTHING


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One of several documents inside a file: its ``pages`` as the file numbers them, and the files that it carries.

    ``attachments`` have their names as the file's own list of attachments has them.
    """

    name: str
    pages: tuple[int, ...]
    attachments: Mapping[str, bytes]


class PageSize(NamedTuple):
    """The upright page before preparation: pixels, and dots per inch (0 where nobody knows)."""

    width_px: int
    height_px: int
    dpi: int


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page ready to be read.

    ``number`` counts from 1. ``image`` is greyscale uint8 of shape (height, width), upright and prepared;
    ``to_upright`` maps its pixels to fractions of the page as it came (upright, unprepared), whose size is ``size``.
    """

    number: int
    image: NDArray[np.uint8]
    size: PageSize
    to_upright: Transform

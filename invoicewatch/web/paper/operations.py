"""What the processes that open documents can be asked; each makes bytes, and raises what our errors are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.errors import DocumentError
from invoicewatch.records import Document

_QUALITY = 82


def draw_page(config: Config, path: str, sha256: str, page: int, width: int, turns: int) -> bytes:
    """A page as a picture (WebP), at most ``width`` pixels wide, turned clockwise by ``turns`` quarters.

    Raises:
        DocumentError: The file is gone, is not the one that was recorded, cannot be opened, or has no such page.
    """
    import numpy as np
    from PIL import Image

    from invoicewatch.pages.load import open_pages

    content = read_recorded(path, sha256)
    document = Document(path, content, sha256, "", datetime.now(UTC))
    with closing(open_pages(document, config.pages, max_bytes=len(content))) as pages:
        if not 1 <= page <= len(pages.sizes):
            raise DocumentError(f"there is no page {page}", code="missing")
        picture = np.rot90(pages.view(page, width), -turns)
    encoded = BytesIO()
    Image.fromarray(picture).save(encoded, "WEBP", quality=_QUALITY, method=2)
    return encoded.getvalue()


def read_recorded(path: str, sha256: str) -> bytes:
    """The bytes of a file, if they are still those that were recorded. Raises DocumentError."""
    try:
        content = Path(path).read_bytes()
    except OSError as exc:
        remedy = "It was moved or deleted after it was recorded; `invoicewatch check` lists such files."
        raise DocumentError(f"there is no file at {path}", remedy=remedy, code="missing") from exc
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentError(f"{path} is not the file that was recorded", code="missing")
    return content


OPERATIONS: Mapping[str, Callable[..., bytes]] = {"draw_page": draw_page}

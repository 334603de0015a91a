"""What the processes that open documents can be asked; each makes bytes, and raises what our errors are."""

from __future__ import annotations

import base64
import hashlib
import pickle
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from invoicewatch.config import Config
from invoicewatch.errors import DocumentError
from invoicewatch.records import Document

MAX_ATTACHMENT_BYTES = 32 << 20
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


def take_attachment(config: Config, path: str, sha256: str, name: str) -> bytes:
    """A file inside a document, by its name there.

    Raises:
        DocumentError: The document is gone or cannot be opened, has no such file, or one that is too large to hand out.
    """
    from invoicewatch.pages.load import open_pages

    content = read_recorded(path, sha256)
    document = Document(path, content, sha256, "", datetime.now(UTC))
    with closing(open_pages(document, config.pages, max_bytes=len(content))) as pages:
        attached = pages.attachments.get(name)
    if attached is None:
        raise DocumentError("this file cannot be taken out", remedy="Download the document itself.", code="missing")
    if len(attached) > MAX_ATTACHMENT_BYTES:
        raise DocumentError("this file is too large", remedy="Download the document itself.", code="too_large")
    return attached


def write_paper(config: Config, record: str) -> bytes:
    """A record as a page to read and print, with the XML of an e-invoice; ``record`` is pickled, as base64."""
    from invoicewatch.answers.paper.gather import gather
    from invoicewatch.answers.paper.page import write_record_page

    stored = pickle.loads(base64.b64decode(record))  # noqa: S301 - from the web process, which is trusted more than this
    return write_record_page(gather(config, stored)).encode()


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


OPERATIONS: Mapping[str, Callable[..., bytes]] = {
    "draw_page": draw_page,
    "take_attachment": take_attachment,
    "write_paper": write_paper,
}

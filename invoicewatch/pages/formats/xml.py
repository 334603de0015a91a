"""A bare XML e-invoice: no pages, only data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from invoicewatch.errors import DocumentError
from invoicewatch.records import Attachment, Enclosed, Page, PageSize, Reading, Signature, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class XmlPages:
    """A `PageSource` without pages whose one attachment is the document itself."""

    sizes: tuple[PageSize, ...] = ()
    notes: tuple[str, ...] = ()
    attached: tuple[Attachment, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        self._attachments = MappingProxyType({name: content})

    @property
    def attachments(self) -> Mapping[str, bytes]:
        """The document under its own name."""
        return self._attachments

    def read_text_layer(self, number: int) -> Reading | None:
        """Raise: there is no page ``number``."""
        raise self._no_page(number)

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        """Raise: there is no page ``number``."""
        raise self._no_page(number)

    def load(self, number: int) -> Page:
        """Raise: there is no page ``number``."""
        raise self._no_page(number)

    def draw_codes(self, number: int) -> Page | None:
        """Raise: there is no page ``number``."""
        raise self._no_page(number)

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:  # noqa: ARG002 - as the protocol has it
        """Raise: there is no page ``number``."""
        raise self._no_page(number)

    def close(self) -> None:
        """Nothing is held."""

    def _no_page(self, number: int) -> DocumentError:
        return DocumentError(f"{self._name} is XML and has no page {number}", code="unsupported")

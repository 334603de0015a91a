"""A PDF portfolio: a cover, and documents inside it whose pages follow the cover's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.pdf import PdfPages
from invoicewatch.pages.limits import limit_pages
from invoicewatch.records import Attachment, Enclosed, Page, PageSize, PageSource, Reading, Signature, TakenFor, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PDF = "application/pdf"


def open_portfolio(cover: PdfPages, settings: PageSettings) -> PageSource:
    """The portfolio that ``cover`` opens; ``cover`` itself where it is none, or nothing in it can be opened.

    A document inside that cannot be opened is named in the notes, and is no reason to refuse the others.
    """
    if not cover.is_portfolio:
        return cover
    opened: dict[str, PdfPages] = {}
    notes = []
    for attachment in cover.attached:
        if attachment.media_type == _PDF:
            try:
                opened[attachment.name] = PdfPages(cover.attachments[attachment.name], attachment.name, settings)
            except DocumentError as exc:
                notes.append(f"the embedded {attachment.name} was not read: {exc.message}")
    return PortfolioPages(cover, opened, tuple(notes), settings)


class PortfolioPages:
    """A `PageSource` over the pages of a cover and of the documents in it, numbered through."""

    signature: Signature | None = None

    def __init__(
        self, cover: PdfPages, documents: Mapping[str, PdfPages], notes: tuple[str, ...], settings: PageSettings
    ) -> None:
        self._sources = (cover, *documents.values())
        places = [(source, number) for source in self._sources for number in range(1, len(source.sizes) + 1)]
        kept, left_out = limit_pages(len(places), settings.max_pages)
        self._places = places[:kept]
        own = (note for source in self._sources for note in source.notes)
        self.notes = (*own, *left_out, *_describe_pages(cover, documents), *notes)
        self.sizes: tuple[PageSize, ...] = tuple(source.sizes[number - 1] for source, number in self._places)
        self.attached = _list_attached(cover, documents)
        self.attachments = _choose_attachments(cover, documents)
        self.enclosed = tuple(self._list_enclosed(documents)) if len(documents) > 1 else ()

    def read_text_layer(self, number: int) -> Reading | None:
        """The page's own text, or None where it cannot be trusted."""
        source, own = self._places[number - 1]
        layer = source.read_text_layer(own)
        return None if layer is None else replace(layer, page=number)

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        """Words of the text layer, once it was read, that may be a cipher of what the page shows."""
        source, own = self._places[number - 1]
        return source.find_odd_words(own)

    def load(self, number: int) -> Page:
        """Draw and prepare page ``number``. Raises DocumentError."""
        source, own = self._places[number - 1]
        return replace(source.load(own), number=number)

    def draw_codes(self, number: int) -> Page | None:
        """The part of page ``number`` that may hold codes. Raises DocumentError."""
        source, own = self._places[number - 1]
        drawn = source.draw_codes(own)
        return None if drawn is None else replace(drawn, number=number)

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        """Page ``number`` in colour. Raises DocumentError."""
        source, own = self._places[number - 1]
        return source.view(own, max_width)

    def close(self) -> None:
        """Close all documents."""
        for source in self._sources:
            source.close()

    def _list_enclosed(self, documents: Mapping[str, PdfPages]) -> Iterator[Enclosed]:
        """The documents, without those whose pages are all beyond the limit."""
        for name, source in documents.items():
            pages = tuple(number for number, (own, _) in enumerate(self._places, start=1) if own is source)
            inner = {f"{name}/{each}": content for each, content in source.attachments.items()}
            if pages:
                yield Enclosed(name, pages, MappingProxyType(inner))


def _describe_pages(cover: PdfPages, documents: Mapping[str, PdfPages]) -> tuple[str, ...]:
    """Which pages are whose."""
    notes = []
    first = len(cover.sizes) + 1
    for name, source in documents.items():
        last = first + len(source.sizes) - 1
        span = f"page {first} is that" if first == last else f"pages {first} to {last} are those"
        notes.append(f"{span} of the embedded {name}")
        first = last + 1
    return tuple(notes)


def _list_attached(cover: PdfPages, documents: Mapping[str, PdfPages]) -> tuple[Attachment, ...]:
    """The cover's files, and behind them what the documents carry in turn."""
    own = (replace(each, taken_for=TakenFor.PAGES) if each.name in documents else each for each in cover.attached)
    inner = (
        replace(each, name=f"{name}/{each.name}") for name, source in documents.items() for each in source.attached
    )
    return (*own, *inner)


def _choose_attachments(cover: PdfPages, documents: Mapping[str, PdfPages]) -> Mapping[str, bytes]:
    """The files that speak for the whole: the cover's, and those of a document that is the only one."""
    found = {name: content for name, content in cover.attachments.items() if name not in documents}
    if len(documents) == 1:
        ((name, source),) = documents.items()
        found |= {f"{name}/{inner}": content for inner, content in source.attachments.items()}
    return MappingProxyType(found)

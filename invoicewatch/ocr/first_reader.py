"""Read a document's pages with the first engine, in the languages of its first page."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Protocol, runtime_checkable

from invoicewatch.errors import InvoicewatchError
from invoicewatch.records import OcrEngine, Page, PageSource, Reading


@runtime_checkable
class LanguageReader(Protocol):
    """What an engine may offer besides reading: it must be told the languages, and reads faster in fewer."""

    def find_languages(self, page: Page, lines: Iterable[str] = ()) -> tuple[str, ...]:
        """The languages to read ``page`` in, told by as many of its ``lines`` as it takes, or by its own look."""

    def read_in(self, page: Page, languages: Sequence[str]) -> Reading:
        """Read the whole page in ``languages``, or in others if it turns out to be in others."""


@runtime_checkable
class Glancer(Protocol):
    """What an engine may offer besides reading: some lines of a page at little cost, whatever their language."""

    def glance(self, page: Page) -> Iterator[str]:
        """A few of the longest lines, each read when it is asked for."""


class FirstReader:
    """Reads pages; looks for the languages once a document, so that only its first page bears the cost.

    A page's reading depends on its own document alone: the same file is read alike whatever was read before.

    Args:
        engine: The first engine.
        second: The second, asked for a glance if it offers one; None if there is none.
    """

    def __init__(self, engine: OcrEngine, second: OcrEngine | None = None) -> None:
        self._engine = engine
        self._second = second
        self._lock = threading.Lock()  # pages of a document are read side by side
        self._found: tuple[PageSource, tuple[str, ...]] | None = None

    def read(self, pages: PageSource, page: Page) -> Reading:
        """Read ``page`` of ``pages`` as it came. Raises what the engine raises."""
        if not isinstance(self._engine, LanguageReader):
            return self._engine.read(page)
        return self._engine.read_in(page, self._find_languages(self._engine, pages, page))

    def read_turned(self, page: Page) -> Reading:
        """Read a page that did not come upright: what was found of its document was found of pages on their side."""
        return self._engine.read(page)

    def _find_languages(self, engine: LanguageReader, pages: PageSource, page: Page) -> tuple[str, ...]:
        with self._lock:
            if self._found is None or self._found[0] is not pages:
                first = page if page.number == 1 else pages.load(1)
                self._found = pages, engine.find_languages(first, self._glance(first))
            return self._found[1]

    def _glance(self, page: Page) -> Iterator[str]:
        """What the second engine sees: nothing if it cannot run, which it says when its opinion is asked for."""
        second: object = self._second
        if isinstance(second, Glancer):
            with suppress(InvoicewatchError):
                yield from second.glance(page)

"""The first reading of a page: its own text where that can be trusted, else the first engine's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from invoicewatch.errors import TransientError
from invoicewatch.ocr.first_reader import FirstReader
from invoicewatch.ocr.orientation import find_quarter_turns
from invoicewatch.ocr.quality import may_be_turned
from invoicewatch.ocr.script import ScriptGuard
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.pages.stack.blank import Ink, find_ink, is_blank
from invoicewatch.pipeline import ReadPage
from invoicewatch.reading.codes import add_codes
from invoicewatch.reading.compare import shows_words
from invoicewatch.reading.stack import split_portfolio, split_stack
from invoicewatch.records import OcrEngine, Page, PageSource, Part, Reading

CIPHER_NOTE = "its text layer says something else than it shows, so the picture was read"
KEPT_IMAGES = 4
"""Of so many pages of a document the image is kept for a second reading; the others are decoded anew."""


class PageReader:
    """Reads the pages of one document after the other, from several threads.

    Args:
        first: The engine that reads.
        second: The one that steps in where the first takes too long, and is asked how a page lies; None if there is
            none.
        is_stack: Whether a file may hold several documents; blank pages are looked for only then.
        guard: Says which pages are in a script that nobody reads; None if nothing can.
        before_picture: Told of every page whose picture is about to be looked at.
    """

    def __init__(
        self,
        first: OcrEngine,
        second: OcrEngine | None,
        *,
        is_stack: bool,
        guard: ScriptGuard | None = None,
        before_picture: Callable[[], None] = lambda: None,
    ) -> None:
        self._first = first
        self._second = second
        self._is_stack = is_stack
        self._guard = guard
        self._before_picture = before_picture
        self._reader = FirstReader(first, second)

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """The text layer where it can be trusted, else the first engine; a poor page is tried the other way up.

        Where the layer looks odd, the cheaper engine reads a few words of the picture and decides. Codes are decoded.
        """
        read = add_codes(pages, self._read_text(pages, number))
        return read if number <= KEPT_IMAGES else replace(read, image=None)

    def split(self, read: tuple[ReadPage, ...], pages: PageSource) -> tuple[Part, ...]:
        """The documents of a portfolio or a stack; none where the file is one, or is not to be split."""
        if pages.enclosed:
            return split_portfolio(read, pages.enclosed)
        return split_stack(read, pages.attachments) if self._is_stack else ()

    def _read_text(self, pages: PageSource, number: int) -> ReadPage:
        layer = pages.read_text_layer(number)
        odd = () if layer is None else pages.find_odd_words(number)
        if layer is not None and not odd:
            return ReadPage(layer, pages.sizes[number - 1])
        self._before_picture()
        page = pages.load(number)
        if layer is not None and shows_words(page, odd, self._second or self._first):
            return ReadPage(layer, page.size)
        read = self._read_sheet(pages, page) if self._is_stack else self._read_upright(pages, page)
        if layer is not None:
            read = replace(read, notes=(*read.notes, f"page {number}: {CIPHER_NOTE}"))
        return read

    def _read_sheet(self, pages: PageSource, page: Page) -> ReadPage:
        """Read a page of a stack: one without ink is blank unread, one with a few marks if they are no words."""
        ink = find_ink(page.image)
        if ink is Ink.NONE:
            return ReadPage(Reading(page.number, (), self._first.version), page.size, image=page, blank=True)
        read = self._read_upright(pages, page)
        return replace(read, blank=is_blank(ink, read.reading))

    def _read_upright(self, pages: PageSource, page: Page) -> ReadPage:
        return self._refuse_foreign(self._try_upright(page, self._read_image(page, partial(self._reader.read, pages))))

    def _try_upright(self, page: Page, read: ReadPage) -> ReadPage:
        if not may_be_turned(read.reading):
            return read
        turns = find_quarter_turns(page, self._second)
        if not turns:
            return read
        return replace(self._read_image(turn(page, turns), self._reader.read_turned), quarter_turns=turns)

    def _refuse_foreign(self, read: ReadPage) -> ReadPage:
        """Without its words where they were guessed at in a script that nobody reads: figures among them are none."""
        if self._guard is None or read.image is None:
            return read
        unreadable = self._guard.explain(read.image, read.reading)
        return replace(read, reading=replace(read.reading, lines=()), unreadable=unreadable) if unreadable else read

    def _read_image(self, page: Page, read: Callable[[Page], Reading]) -> ReadPage:
        """The first engine's reading; where it takes too long, the second's, so that one page fails no document."""
        try:
            return ReadPage(read(page), page.size, image=page)
        except TransientError as exc:
            if self._second is None:
                raise
            note = f"page {page.number} read by {self._second.name} alone: {exc.message}"
            return ReadPage(self._second.read(page), page.size, image=page, notes=(note,))

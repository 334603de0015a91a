"""The configured chain, kept from document to document."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import NamedTuple, Protocol

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.chain import check_names, correct_readings, load_processors, may_correct
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import Vocabulary
from invoicewatch.errors import InvoicewatchError
from invoicewatch.records import Correction, LineScorer, Memory, Processor, Reading, Refusal, TextWriter


class Model(LineScorer, TextWriter, Protocol):
    """A language model that both judges and writes."""


class _Chain(NamedTuple):
    """The processors, made for one version of what earlier documents proved."""

    memory: Memory
    processors: tuple[tuple[str, Processor], ...]


class Corrector:
    """Mends the text of one document after the other.

    Args:
        settings: ``[correct]``.
        vocabulary: The words of invoices in the configured languages.
        model: The language model; None where there is none to be used.
        office: The names of who receives the documents.

    Raises:
        ConfigError: A processor that is named does not exist. That one does not load is known when it is loaded.
    """

    def __init__(
        self, settings: CorrectSettings, vocabulary: Vocabulary, model: Model | None, office: tuple[str, ...] = ()
    ) -> None:
        self._settings = settings
        self._office = office
        self._vocabulary = vocabulary
        self._model = model
        self._chain: _Chain | None = None
        self._lock = threading.Lock()
        check_names(settings)

    def load(self) -> None:
        """Load the processors, which else the first page that is to be corrected waits for. Raises ConfigError."""
        with self._lock:
            if self._chain is None:
                self._chain = self._make_chain(Memory())

    def warm(self) -> None:
        """As `load`, for who has time. What goes wrong shows when a page is corrected."""
        with suppress(InvoicewatchError):
            self.load()

    def correct(self, readings: tuple[Reading, ...], memory: Memory, refused: tuple[Refusal, ...]) -> Correction:
        """Correct what OCR read; the chain is made anew where ``memory`` is another than the last document's."""
        if not may_correct(readings):
            return Correction(readings)
        return correct_readings(readings, self._get_chain(memory).processors, self._vocabulary, refused)

    def _get_chain(self, memory: Memory) -> _Chain:
        with self._lock:
            if self._chain is None or not self._chain.memory.is_same_as(memory):
                self._chain = self._make_chain(memory)
            return self._chain

    def _make_chain(self, memory: Memory) -> _Chain:
        tools = CorrectTools(self._settings, self._vocabulary, self._model, self._model, memory, self._office)
        return _Chain(memory, load_processors(self._settings, tools))

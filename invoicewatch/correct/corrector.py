"""The configured chain, kept from document to document."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import Vocabulary
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
        ConfigError: A processor that is named does not exist.
    """

    def __init__(
        self, settings: CorrectSettings, vocabulary: Vocabulary, model: Model | None, office: tuple[str, ...] = ()
    ) -> None:
        self._settings = settings
        self._office = office
        self._vocabulary = vocabulary
        self._model = model
        self._chain = self._make_chain(Memory())

    def correct(self, readings: tuple[Reading, ...], memory: Memory, refused: tuple[Refusal, ...]) -> Correction:
        """Correct what OCR read; the chain is made anew where ``memory`` is another than the last document's."""
        if not self._chain.memory.is_same_as(memory):
            self._chain = self._make_chain(memory)
        return correct_readings(readings, self._chain.processors, self._vocabulary, refused)

    def _make_chain(self, memory: Memory) -> _Chain:
        tools = CorrectTools(self._settings, self._vocabulary, self._model, self._model, memory, self._office)
        return _Chain(memory, load_processors(self._settings, tools))

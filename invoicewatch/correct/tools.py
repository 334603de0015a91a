"""What a processor gets to work with."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.words.vocabulary import Vocabulary
from invoicewatch.records import LineScorer, Memory, TextWriter


@dataclass(frozen=True, slots=True)
class CorrectTools:
    """The tools of one document's correction; a processor is a class constructed with these alone.

    ``scorer`` and ``writer`` are the language model, or None where there is none to be used. ``vocabulary`` are the
    words of invoices in the configured languages; ``memory`` what earlier documents proved; ``office`` the names of who
    receives the documents, as the settings have them. ``clock`` gives seconds that only grow.
    """

    settings: CorrectSettings
    vocabulary: Vocabulary
    scorer: LineScorer | None = None
    writer: TextWriter | None = None
    memory: Memory = field(default_factory=Memory)
    office: tuple[str, ...] = ()
    clock: Callable[[], float] = time.monotonic

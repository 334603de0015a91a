"""What a model costs on this machine: seconds to load, tokens read and written a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from invoicewatch.config.settings import ModelSettings
from invoicewatch.model.warm import WarmModel

_TEXT = (
    "Invoice No. 2024-0815, dated 12 March 2024. Two boxes of copy paper at 4.95 each, one desk lamp at 38.00. "
    "Net total 47.90, VAT 19 % 9.10, total due 57.00. Please pay within 14 days. Thank you for your order.\n"
)
_WRITTEN_TOKENS = 32


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to load, tokens a second read and written, layers on a GPU."""

    load_s: float
    read_per_s: float
    write_per_s: float
    gpu_layers: int


def measure_speed(settings: ModelSettings, path: Path, clock: Callable[[], float] = time.perf_counter) -> Speed:
    """Load a model and time it; a few seconds in all.

    Raises:
        DependencyError: It does not load.
    """
    model = WarmModel(msgspec.structs.replace(settings, path=str(path), requantise=False))
    started = clock()
    model.load()
    loaded = clock()
    try:
        with model.session() as session:
            tokens = session.tokenize(_TEXT * 4)[: session.context_size // 4]
            session.advance(tokens[:8])  # the first decode sets buffers up
            session.forget()
            begun = clock()
            row = session.advance(tokens)
            read = clock()
            answer: list[int] = []
            for _ in range(_WRITTEN_TOKENS):
                answer.append(int(session.logits(row).argmax()))
                row = session.advance([*tokens, *answer])
            written = clock()
            return Speed(
                loaded - started, len(tokens) / (read - begun), len(answer) / (written - read), session.gpu_layers
            )
    finally:
        model.close()

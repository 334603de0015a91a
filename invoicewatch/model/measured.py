"""The models whose worth was measured, with what came of it; ``benchmarks/RESULTS.md`` has the tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasuredModel:
    """A model that ``model fetch`` can get, and what it costs and brings beside correction without one.

    ``size_bytes`` is that of its file. ``gained`` and ``without`` are the shares of misread words that are mended with
    it and without it (0-1), by letters and digits, on held-out receipts in English read by both engines; ``cpu_s`` are
    the median seconds of processor time that a receipt's correction takes with it, and ``cpu_without_s`` without.
    """

    name: str
    licence: str
    size_bytes: int
    languages: str
    gained: float
    without: float
    cpu_s: float
    cpu_without_s: float


MEASURED = (
    MeasuredModel(
        name="SmolLM2-135M-Instruct.Q4_1.gguf",
        licence="Apache-2.0",
        size_bytes=98_362_432,
        languages="English; gains nothing in German, French, Spanish, Italian, Dutch",
        gained=0.180,
        without=0.153,
        cpu_s=0.058,
        cpu_without_s=0.011,
    ),
)

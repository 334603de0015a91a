"""What a model is worth here: words that correction mends and breaks on generated documents, with it and without."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import cast

import msgspec

from invoicewatch.config import Config
from invoicewatch.correct.chain import correct_readings, load_processors
from invoicewatch.correct.even_scorer import EvenScorer
from invoicewatch.correct.score import WordScore, score_words
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import load_vocabulary
from invoicewatch.records import LineScorer, Reading, TextWriter, join_text
from invoicewatch.records.contract.model import GainJson, GainsJson

_DAMAGED = 0.15


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated document as a poor scan would be read, and the words that are printed on it."""

    readings: tuple[Reading, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """What correction did to all the samples together, and how long it took in seconds."""

    score: WordScore
    seconds: float


def make_samples(count: int, seed: int) -> Iterator[Sample]:
    """Invent ``count`` documents and misread about one word in seven, the same for the same seed.

    The damage is drawn, not scanned: so many words would take OCR minutes. Real scans hold more that nothing can mend.
    """
    from invoicewatch.samples.invent.document import make_spec
    from invoicewatch.samples.layouts.catalogue import choose_layout
    from invoicewatch.samples.reading import damage_reading, render_reading

    for number in range(seed, seed + count):
        spec = make_spec(number)
        clean = render_reading(spec, choose_layout(spec))
        rng = Random(number)  # noqa: S311 - the same seed is to give the same damage
        damaged = tuple(damage_reading(reading, rng, _DAMAGED) for reading in clean)
        yield Sample(damaged, tuple(word.text for reading in clean for word in reading.words))


def measure_worth(config: Config, path: Path, samples: Iterable[Sample]) -> tuple[str, Mapping[str, Gain]]:
    """The name of the file that is really loaded for ``path``, and what it does to the samples.

    The samples are taken one by one: whoever makes them sees how far it is.

    Raises:
        DependencyError: The model does not load.
    """
    from invoicewatch.model.warm import WarmModel

    model = WarmModel(msgspec.structs.replace(config.model, path=str(path)))
    try:
        model.load()
        return (model.loaded_path or path).name, measure_gain(config, samples, model, model)
    finally:
        model.close()


def gains_to_json(gains: Mapping[str, Gain], samples: int) -> GainsJson:
    """What was there to mend, and what became of it by each way."""
    first = next(iter(gains.values())).score
    ways: dict[str, GainJson] = {
        name: {
            "fixed": gain.score.fixed,
            "broken": gain.score.broken,
            "invented": gain.score.invented,
            "s_a_document": round(gain.seconds / samples, 3),
        }
        for name, gain in gains.items()
    }
    return cast("GainsJson", {"samples": samples, "wrong": first.wrong, "right": first.right, **ways})


def measure_gain(
    config: Config,
    samples: Iterable[Sample],
    model: LineScorer,
    writer: TextWriter | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Mapping[str, Gain]:
    """Correct every sample ``with_model`` as ``[correct]`` says, and ``without_model`` by channel and vocabulary alone.

    Raises:
        DependencyError: The model does not load.
    """
    vocabulary = load_vocabulary(config.ocr.languages)
    rescoring = msgspec.structs.replace(config.correct, mode="rescore")
    settings = config.correct if config.correct.mode == "rewrite" else rescoring
    model.words()  # loads it before the clock starts, as a worker does
    chains = {
        "with_model": load_processors(settings, CorrectTools(settings, vocabulary, model, writer)),
        "without_model": load_processors(rescoring, CorrectTools(rescoring, vocabulary, EvenScorer())),
    }
    gains = dict.fromkeys(chains, Gain(WordScore(), 0.0))
    for sample in samples:
        for name, processors in chains.items():
            begun = clock()
            text = correct_readings(sample.readings, processors, vocabulary).text
            seconds = gains[name].seconds + clock() - begun
            gains[name] = Gain(gains[name].score + score_words(sample.words, join_text(sample.readings), text), seconds)
    return gains

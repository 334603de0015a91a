"""Run the configured processors one after the other, with the guard behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint

from invoicewatch.config.plugins import entry_points
from invoicewatch.config.settings import CorrectSettings
from invoicewatch.correct.guard import PageRules, find_objection, learn_rules
from invoicewatch.correct.seen import cite_path
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.correct.words.vocabulary import EMPTY_VOCABULARY, Vocabulary
from invoicewatch.errors import ConfigError, InvoicewatchError
from invoicewatch.records import Box, Correction, Edit, Processor, Reading, Refusal, Source

ENTRY_POINT_GROUP = "invoicewatch.processors"


def check_names(settings: CorrectSettings) -> None:
    """Make sure that there is a processor of each name in ``[correct] processors``, without loading one.

    Raises:
        ConfigError: A name has no entry point.
    """
    _find_processors(settings)


def load_processors(settings: CorrectSettings, tools: CorrectTools) -> tuple[tuple[str, Processor], ...]:
    """The processors named in ``[correct] processors``, in that order; none where ``mode`` is ``off``.

    Raises:
        ConfigError: A name has no entry point, or its class does not load.
    """
    processors = []
    for point in _find_processors(settings):
        try:
            make = point.load()
        except (ImportError, AttributeError) as exc:
            raise ConfigError(f"the processor '{point.name}' does not load: {exc}", code="unknown_processor") from exc
        processors.append((point.name, make(tools)))
    return tuple(processors)


def _find_processors(settings: CorrectSettings) -> list[EntryPoint]:
    if settings.mode == "off":
        return []
    known = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    for name in settings.processors:
        if name not in known:
            raise ConfigError(
                f"[correct] processors names '{name}', which is not installed",
                remedy=f"Use one of: {', '.join(sorted(known)) or 'none are installed'}.",
                code="unknown_processor",
            )
    return [known[name] for name in settings.processors]


def may_correct(readings: Sequence[Reading]) -> bool:
    """Whether any of them was read by an engine: text layers are what their program wrote."""
    return any(reading.source is Source.OCR for reading in readings)


def correct_readings(
    readings: tuple[Reading, ...],
    processors: Sequence[tuple[str, Processor]],
    vocabulary: Vocabulary = EMPTY_VOCABULARY,
    refused: tuple[Refusal, ...] = (),
) -> Correction:
    """Correct what OCR read; text layers pass untouched.

    A processor's new edits are taken one by one if the guard has no objection and no earlier edit is in the way. A
    processor that raises InvoicewatchError costs its own edits and leaves a note.

    Args:
        readings: All pages of the document.
        processors: Named links of the chain, in order, as ``load_processors`` gives them.
        vocabulary: What the guard takes for known words.
        refused: Edits that people refused; they are not made again.
    """
    ocr = tuple(reading for reading in readings if reading.source is Source.OCR)
    if not ocr or not processors:
        return Correction(readings)
    pages = {reading.page: (reading, learn_rules(reading, vocabulary, refused)) for reading in ocr}
    correction = Correction(ocr)
    for name, process in processors:
        try:
            proposed = process(correction)
        except InvoicewatchError as exc:
            note = f"{name} did not run: {exc.message}"
            correction = replace(correction, notes=(*correction.notes, note))
            continue
        correction = _take(name, correction, proposed, pages)
    return replace(correction, raw=readings)


def _take(
    name: str, before: Correction, proposed: Correction, pages: dict[int, tuple[Reading, PageRules]]
) -> Correction:
    """``before`` with those of the proposed edits that may stand, and the proposed notes."""
    edits = list(before.edits)
    known = set(before.edits)
    for edit in proposed.edits:
        if edit in known or edit.page not in pages:
            continue
        reading, rules = pages[edit.page]
        if find_objection(edit, reading, rules) is None and not any(_overlap(edit, other) for other in edits):
            edits.append(replace(_complete(edit, reading), processor=name))
    notes = tuple(note for note in proposed.notes if note not in before.notes)
    order = sorted(edits, key=lambda edit: (edit.page, edit.line, edit.first))
    return Correction(before.raw, tuple(order), proposed.model or before.model, (*before.notes, *notes))


def _complete(edit: Edit, reading: Reading) -> Edit:
    """The edit with its place, and with the path that it came from where the engines saw one."""
    line = reading.lines[edit.line]
    box = Box.around(word.box for word in line.words[edit.first : edit.last])
    path = cite_path(line, edit.first, edit.last, edit.after)
    return replace(edit, box=box, reason=", ".join(filter(None, (edit.reason, path))))


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.page, one.line) == (other.page, other.line) and one.first < other.last and other.first < one.last

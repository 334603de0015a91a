"""The tutorial's mode: the model rewrites numbered lines; what it writes is a proposal like any other.

A line is looked at only if it is near enough to the raw one and the guard allows all of it; then each changed word
goes through the same choice as in rescoring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from invoicewatch.correct.guard import PageRules, find_objection, learn_rules
from invoicewatch.correct.rescore import Rescorer, make_edit
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.errors import DependencyError
from invoicewatch.records import Correction, Edit, Line, Reading, Source, TextWriter

INSTRUCTION = "Correct spelling and punctuation:"
_BATCH_LINES = 8
_BATCH_CHARS = 600
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.):]\s?(.*)$")
_SHORTEST, _LONGEST = 0.8, 1.2
_MOST_CHANGED = 0.3


class Rewriter:
    """Lets the model write, and takes from its answer what the guard allows."""

    def __init__(self, tools: CorrectTools, writer: TextWriter, judge: Rescorer, model_name: str) -> None:
        self._tools = tools
        self._writer = writer
        self._judge = judge
        self._model_name = model_name

    @classmethod
    def load(cls, tools: CorrectTools) -> Rewriter:
        """Load the model. Raises DependencyError: there is none."""
        if tools.writer is None or tools.scorer is None:
            raise DependencyError("there is no model", remedy="Run 'invoicewatch model fetch'.", code="model_missing")
        return cls(tools, tools.writer, Rescorer.load(tools), tools.scorer.model_name)

    def correct(self, correction: Correction) -> Correction:
        """Add the edits of every rewritten line that may stand; lines not reached within the budget stay raw."""
        edits = list(correction.edits)
        notes = list(correction.notes)
        for reading in correction.raw:
            if reading.source is Source.OCR:
                unread = self._correct_page(reading, edits)
                if unread:
                    notes.append(f"page {reading.page}: no time left for {unread} of {len(reading.lines)} lines")
        return replace(correction, edits=tuple(edits), notes=tuple(notes), model=self._model_name)

    def _correct_page(self, reading: Reading, edits: list[Edit]) -> int:
        """Rewrite batch by batch until the budget is spent; returns how many lines were left."""
        rules = learn_rules(reading, self._tools.vocabulary)
        end_s = self._tools.clock() + self._tools.settings.budget_s
        for batch in cut_batches(reading):
            left_s = end_s - self._tools.clock()
            if left_s <= 0:
                return len(reading.lines) - batch[0]
            answer = write_batch(self._writer, reading, batch, left_s)
            for number, text in parse_answer(answer, batch).items():
                edits += self._take_line(reading, number, text, rules)
        return 0

    def _take_line(self, reading: Reading, number: int, text: str, rules: PageRules) -> list[Edit]:
        """The edits of a rewritten line that win their case, or none if any part of it may not stand."""
        line = reading.lines[number]
        changes = find_changes(line, text) if may_replace(line.text, text) else None
        if not changes:
            return []
        candidates = self._judge.open_page(reading, rules)
        edits = []
        for position, after in changes:
            case = candidates.make_case(number, position, line.words[position], after, "rewritten by the model")
            if find_objection(make_edit(reading, case, case.hypotheses[0], 0.0, 0.0), reading, rules) is not None:
                return []
            edits.append(self._judge.decide(reading, case))
        return [edit for edit in edits if edit is not None]


def cut_batches(reading: Reading) -> Iterator[range]:
    """Ranges of lines, few and short enough for one prompt."""
    first = 0
    size = 0
    for number, line in enumerate(reading.lines):
        full = number - first == _BATCH_LINES or size + len(line.text) > _BATCH_CHARS
        if full and number > first:
            yield range(first, number)
            first, size = number, 0
        size += len(line.text)
    if first < len(reading.lines):
        yield range(first, len(reading.lines))


def write_batch(writer: TextWriter, reading: Reading, batch: range, time_limit_s: float | None = None) -> str:
    """The model's answer to a batch of numbered lines, as it is."""
    numbered = "\n".join(f"{n}. {reading.lines[line].text}" for n, line in enumerate(batch, start=1))
    # A token is seldom less than two characters of such text; more than that much again is a runaway.
    most_tokens = len(numbered) // 2 + 4 * len(batch)
    return writer.write(INSTRUCTION, numbered, most_tokens, time_limit_s)


def parse_answer(answer: str, batch: range) -> dict[int, str]:
    """The rewritten lines by their number on the page; of a line that is there twice, the first."""
    found: dict[int, str] = {}
    for match in map(_NUMBERED.match, answer.splitlines()):
        if match and 1 <= int(match[1]) <= len(batch):
            found.setdefault(batch[int(match[1]) - 1], match[2].strip())
    return found


def may_replace(raw: str, written: str) -> bool:
    """Whether a rewritten line is near enough to the raw one: 0.8 to 1.2 of its length, 0.3 of it changed at most."""
    if not raw or not written or raw == written:
        return False
    near = _SHORTEST <= len(written) / len(raw) <= _LONGEST
    return near and Levenshtein.distance(raw, written) <= _MOST_CHANGED * len(raw)


def find_changes(line: Line, text: str) -> list[tuple[int, str]] | None:
    """Which words ``text`` replaces and by what; None where it adds, drops, joins or moves words."""
    old = [word.text for word in line.words]
    new = text.split()
    changes = []
    for tag, first, last, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == stop - start:
            changes += list(zip(range(first, last), new[start:stop], strict=True))
        elif tag != "equal":
            return None
    return changes

"""What correction changed, kept so that every change can be shown and undone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from invoicewatch.records.geometry import Box
from invoicewatch.records.reading import Lattice, Line, Reading, Word, join_text


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of neighbouring words on one line.

    Words ``first`` up to but not including ``last`` of line ``line`` (both from 0) of page ``page`` (from 1), in the
    raw reading, are replaced. ``before`` and ``after`` are words joined by single spaces, neither empty.
    ``score_before`` and ``score_after`` are the two readings' scores (natural log; higher is likelier).
    ``processor`` is the processor that made the edit.
    """

    page: int
    line: int
    first: int
    last: int
    before: str
    after: str
    box: Box
    reason: str
    score_before: float
    score_after: float
    processor: str

    @property
    def score(self) -> float:
        """How much better the new reading scores."""
        return self.score_after - self.score_before


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change of the text that a person refused: these words, at this place, must not become those."""

    page: int
    before: str
    after: str
    box: Box

    def meets(self, edit: Edit) -> bool:
        """Whether an edit is the one that was refused. Another reading of the page may put it a little elsewhere."""
        same = (self.page, self.before, self.after) == (edit.page, edit.before, edit.after)
        return same and (self.box.holds(edit.box) or edit.box.holds(self.box))


@dataclass(frozen=True, slots=True)
class Correction:
    """The raw readings and the edits that make the enhanced ones.

    ``edits`` never overlap and never take away or add a line. ``model`` is the file name of the model that was used,
    or None; ``notes`` say in words what was not done and why (no model, budget spent, ...).
    """

    raw: tuple[Reading, ...]
    edits: tuple[Edit, ...] = ()
    model: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def enhanced(self) -> tuple[Reading, ...]:
        """The readings with the edits applied."""
        by_line: dict[tuple[int, int], list[Edit]] = defaultdict(list)
        for edit in self.edits:
            by_line[edit.page, edit.line].append(edit)
        return tuple(
            replace(
                reading,
                lines=tuple(_apply(line, by_line.get((reading.page, n), [])) for n, line in enumerate(reading.lines)),
            )
            for reading in self.raw
        )

    @property
    def text(self) -> str:
        """The enhanced text."""
        return join_text(self.enhanced)


def _apply(line: Line, edits: list[Edit]) -> Line:
    words = list(line.words)
    for edit in sorted(edits, key=lambda each: each.first, reverse=True):
        words[edit.first : edit.last] = _replace_words(line.words[edit.first : edit.last], edit)
    moved = (_move(lattice, edits) for lattice in line.lattices)
    return Line(tuple(words), tuple(lattice for lattice in moved if lattice is not None))


def _move(lattice: Lattice, edits: list[Edit]) -> Lattice | None:
    """The lattice where its words stand once they were edited; None where an edit reaches beyond it."""
    first, last = lattice.first, lattice.last
    for edit in edits:
        longer = len(edit.after.split()) - (edit.last - edit.first)
        if edit.last <= lattice.first:
            first, last = first + longer, last + longer
        elif edit.first < lattice.last:
            if edit.first < lattice.first or edit.last > lattice.last:
                return None
            last += longer
    return replace(lattice, first=first, last=last)


def _replace_words(old: tuple[Word, ...], edit: Edit) -> list[Word]:
    """Make the new words: one to one where the count stays, else each over the whole edited box."""
    new = edit.after.split()
    if len(new) == len(old):
        pairs = zip(old, new, strict=True)
        return [replace(word, text=text, raw=word.text) if text != word.text else word for word, text in pairs]
    box = Box.around(word.box for word in old)
    confidence = min(word.confidence for word in old)
    return [Word(text, box, confidence, old[0].engine, raw=edit.before) for text in new]

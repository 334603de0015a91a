"""Decode what a line recogniser puts out: for every step along the line, the probability of each character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = 0


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What a line may say.

    ``probabilities`` are (steps, characters), ``characters`` what their columns stand for: CTC's blank first, then the
    usual ones, then those others that may stand in this line.
    """

    probabilities: NDArray[np.float32]
    characters: tuple[str, ...]

    @property
    def spaces(self) -> NDArray[np.float32]:
        """(steps,) the probability of a space."""
        return self.probabilities[:, self.characters.index(" ")]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that was read: at which step (a float, from 0), and its probability 0-1."""

    text: str
    step: float
    probability: float


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one word, of which there is at least one.

    ``gap`` is how sure it is that a space stands before it, where the paper says so and the recogniser read none.
    """

    glyphs: tuple[Glyph, ...]
    gap: float = 0.0

    @property
    def text(self) -> str:
        """The word."""
        return join_glyphs(self.glyphs)

    @property
    def probability(self) -> float:
        """The probability of the least certain glyph: a word is right only if all of it is."""
        return min(glyph.probability for glyph in self.glyphs)


def decode(steps: Steps) -> tuple[Glyph, ...]:
    """The best path, repeats and blanks taken out (Graves et al. 2006, section 3.2: best path decoding)."""
    best = steps.probabilities.argmax(axis=1)
    glyphs = []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] != BLANK:
            peak = float(steps.probabilities[start:end, best[start]].max())
            glyphs.append(Glyph(steps.characters[best[start]], (start + end - 1) / 2, peak))
        start = end
    return tuple(glyphs)


def join_glyphs(glyphs: Iterable[Glyph]) -> str:
    """Their text."""
    return "".join(glyph.text for glyph in glyphs)

"""What else a line may say: the likeliest texts of each part of it that was not read clearly.

A CTC prefix beam search (Hannun et al. 2014, https://arxiv.org/abs/1408.2873, algorithm 1, without a language model),
run only where it matters: a step at which the recogniser is sure of a blank parts a line in two whose texts do not
depend on each other, and most of these parts have one text only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.ocr.rapid.ctc import BLANK, Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TEXTS = 8
"""Texts that are kept of a part of a line."""

LEAST = 0.005
"""A character that is less likely at a step is left out."""

_BEAM = 16  # prefixes that are followed at a time
_SURE = 0.98  # of a step: what else it may show is left out
_SURE_SPACE = 0.9  # of a step, or by the paper: most of what is lost is the same text with a space less

Texts = tuple[tuple[str, float], ...]
"""Texts with their probabilities, the likeliest first."""

_Choices = tuple[tuple[int, float], ...]
"""What a step may show: characters by number with their probabilities."""


_SURELY_BLANK: _Choices = ((BLANK, 1.0),)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that ends before step ``end``, and what it may say."""

    end: int
    texts: Texts


def find_pieces(steps: Steps, gaps: Mapping[int, float]) -> tuple[Piece, ...]:
    """The parts of a line from left to right; none where all of it was read clearly.

    Args:
        steps: What the line may say.
        gaps: By a step of the glyph before it, how sure a space is of which the paper tells.
    """
    seen, characters = steps.probabilities, steps.characters
    best = seen.argmax(axis=1)
    sure = seen[np.arange(len(best)), best] >= _SURE
    if sure.all():
        return ()
    choices = _list_choices(seen, best.tolist(), sure)
    after = {_find_end(best, step): gap for step, gap in gaps.items()}
    return tuple(
        Piece(end, tuple((_spell(text, characters), share) for text, share in _search(part)))
        for end, part in _part(choices, after, characters.index(" "))
    )


def join_texts(parts: Iterable[Texts]) -> Texts:
    """The likeliest texts of parts that stand side by side."""
    joined: Texts = (("", 1.0),)
    for texts in parts:
        every = [(left + right, one * other) for left, one in joined for right, other in texts]
        joined = tuple(every if len(texts) == 1 else nlargest(MOST_TEXTS, every, key=_get_share))
    return joined


def _list_choices(steps: NDArray[np.float32], best: Sequence[int], sure: NDArray[np.bool_]) -> list[_Choices]:
    """For each step what it may show, more than one character only where the recogniser is not sure."""
    choices: list[_Choices] = [((character, 1.0),) for character in best]
    unsure = np.flatnonzero(~sure)
    rows = steps[unsure]
    open_steps: dict[int, list[tuple[int, float]]] = defaultdict(list)
    places, found = np.nonzero(rows >= LEAST)
    for place, character, share in zip(places.tolist(), found.tolist(), rows[places, found].tolist(), strict=True):
        open_steps[place].append((character, share))
    for place, each in open_steps.items():
        choices[unsure[place]] = tuple(each)
    return choices


def _find_end(best: NDArray[np.intp], step: int) -> int:
    """The step after the last of the glyph that ``step`` shows."""
    end = step
    while end < len(best) and best[end] == best[step]:
        end += 1
    return end


def _part(choices: Sequence[_Choices], gaps: Mapping[int, float], space: int) -> Iterator[tuple[int, list[_Choices]]]:
    """The parts between sure blanks and sure spaces, which are parts of their own, each with the step after it."""
    sure_space: _Choices = ((space, 1.0),)
    part: list[_Choices] = []
    for step, choice in enumerate(choices):
        for each in _list_signs(choice, gaps.get(step, 0.0), space):
            if each not in (_SURELY_BLANK, sure_space):
                part.append(each)
                continue
            if part:
                yield step, part
                part = []
            if each == sure_space:
                yield step, [each]
    if part:
        yield len(choices), part


def _list_signs(choice: _Choices, gap: float, space: int) -> Iterator[_Choices]:
    """What the paper and then what the recogniser tells of a step."""
    if gap:
        yield ((space, 1.0),) if gap >= _SURE_SPACE else ((BLANK, 1.0 - gap), (space, gap))
    yield ((space, 1.0),) if any(sign == space and share >= _SURE_SPACE for sign, share in choice) else choice


def _search(part: Iterable[_Choices]) -> list[tuple[tuple[int, ...], float]]:
    """The likeliest sequences of characters of steps, each with the probability of all its paths together.

    Of every prefix two probabilities are followed: that of the paths that end in a blank, and that of the others,
    after which the same character once more is no new one.
    """
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for choices in part:
        grown: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for prefix, (blank, glyph) in beam.items():
            for character, share in choices:
                if character == BLANK:
                    grown[prefix][0] += (blank + glyph) * share
                elif prefix and character == prefix[-1]:
                    grown[prefix][1] += glyph * share
                    if blank:
                        grown[*prefix, character][1] += blank * share
                else:
                    grown[*prefix, character][1] += (blank + glyph) * share
        likeliest = grown.items() if len(grown) <= _BEAM else nlargest(_BEAM, grown.items(), key=_get_sum)
        beam = {prefix: (blank, glyph) for prefix, (blank, glyph) in likeliest}
    return nlargest(MOST_TEXTS, ((prefix, blank + glyph) for prefix, (blank, glyph) in beam.items()), key=_get_share)


def _spell(text: Iterable[int], characters: Sequence[str]) -> str:
    return "".join(characters[number] for number in text)


def _get_sum(each: tuple[tuple[int, ...], list[float]]) -> float:
    return sum(each[1])


def _get_share(each: tuple[object, float]) -> float:
    return each[1]

"""The usual characters of a recogniser and the others, and the probability of each at every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.ocr.rapid.beam import LEAST
from invoicewatch.ocr.rapid.ctc import Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_UNUSUAL = "\u2190"  # arrows, then pictures and the scripts of East Asia; below are Latin, Greek, money, signs


@dataclass(frozen=True, slots=True)
class Alphabet:
    """All characters of the network; the numbers of the usual ones, blank and space among them, and of the others."""

    characters: tuple[str, ...]
    usual: list[int]
    others: list[int]

    @classmethod
    def of(cls, named: Sequence[str]) -> Alphabet:
        """Of the characters that the network's file names, which are neither the blank nor the space."""
        characters = ("blank", *named, " ")
        unusual = {number for number, sign in enumerate(characters) if number and sign >= _FIRST_UNUSUAL}
        usual = [number for number in range(len(characters)) if number not in unusual]
        return cls(characters, usual, sorted(unusual))

    def name(self, others: Sequence[int]) -> tuple[str, ...]:
        """The usual characters, then these of the others."""
        return tuple(self.characters[number] for number in (*self.usual, *(self.others[each] for each in others)))


def weigh(
    usual: NDArray[np.float32], unclear: NDArray[np.intp], others: NDArray[np.float32], alphabet: Alphabet
) -> Steps:
    """Make probabilities (softmax) of what the last layer put out: ``others`` at the steps ``unclear`` alone."""
    peaks = usual.max(axis=1, keepdims=True)
    shares, rest = np.exp(usual - peaks), np.exp(others - peaks[unclear])
    sums = shares.sum(axis=1, keepdims=True)
    sums[unclear] += rest.sum(axis=1, keepdims=True)
    return join(shares / sums, unclear, rest / sums[unclear], alphabet)


def join(usual: NDArray[np.float32], at: NDArray[np.intp], others: NDArray[np.float32], alphabet: Alphabet) -> Steps:
    """The usual characters, and those of the others, known at the steps ``at``, that may stand there."""
    seen = np.flatnonzero((others >= LEAST).any(axis=0))
    probabilities = np.zeros((len(usual), usual.shape[1] + len(seen)), np.float32)
    probabilities[:, : usual.shape[1]] = usual
    probabilities[at, usual.shape[1] :] = others[:, seen]
    return Steps(probabilities, alphabet.name(seen.tolist()))

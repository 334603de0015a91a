"""The words of a line that were not read clearly, with all that the recogniser found they may say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from invoicewatch.ocr.rapid.beam import Piece, Texts, find_pieces, join_texts
from invoicewatch.ocr.rapid.ctc import Run, Steps
from invoicewatch.records import Lattice

_CLEAR = 0.98
"""Words of this probability were read clearly."""

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # the recogniser knows Chinese: wide Latin signs


def find_lattices(steps: Steps, runs: Sequence[Run], engine: str) -> tuple[Lattice, ...]:
    """What the words of a line may say, from left to right; nothing of words that were read clearly.

    Words between which a space may stand or not share a lattice.

    Args:
        steps: What the line may say.
        runs: The line's words.
        engine: The name to put on every lattice.
    """
    gaps = {int(before.glyphs[-1].step): after.gap for before, after in pairwise(runs) if after.gap}
    lattices = []
    first = 0
    for end, texts in _join_pieces(find_pieces(steps, gaps)):
        last = first
        while last < len(runs) and runs[last].glyphs[0].step < end:
            last += 1
        read = " ".join(run.text for run in runs[first:last])
        shares = _add_up(texts, read)
        if read and shares[read] < _CLEAR * sum(shares.values()):
            lattices.append(Lattice.of_shares(first, last, engine, read, shares))
        first = last
    return tuple(lattices)


def _join_pieces(pieces: Sequence[Piece]) -> Iterator[tuple[int, Texts]]:
    """What stands between sure spaces, each with the first step after it."""
    for is_space, group in groupby(pieces, key=_is_space):
        if not is_space:
            parts = list(group)
            yield parts[-1].end, join_texts(piece.texts for piece in parts)


def _is_space(piece: Piece) -> bool:
    return all(text.isspace() for text, _ in piece.texts)


def _add_up(texts: Texts, read: str) -> Mapping[str, float]:
    """The probability of each text, however wide its spaces and signs are; what was read is left as it is."""
    shares: defaultdict[str, float] = defaultdict(float)
    for text, share in texts:
        if words := " ".join(text.translate(_NARROW).split()):
            shares[words] += share
    narrow = read.translate(_NARROW)
    return shares if narrow == read else shares | {read: shares.pop(narrow, 0.0)}

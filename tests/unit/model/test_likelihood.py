"""Scoring many candidates without holding all their logits at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from invoicewatch.model.branches import MAX_BRANCHES, MICRO_BATCH_TOKENS, Row
from invoicewatch.model.likelihood import score_candidates

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTERS = 128


class LetterSession:
    """A model of letters that finds each likelier the nearer it is to the one before; one decode's logits are kept."""

    context_size = 2048
    max_branches = MAX_BRANCHES

    def __init__(self) -> None:
        self.held: list[int] = []
        self.decoded: list[int] = []
        self._rows: Sequence[Row] = ()

    def start_tokens(self) -> list[int]:
        return [1]

    def tokenize(self, text: str) -> list[int]:
        return [ord(letter) for letter in text]

    def advance(self, tokens: Sequence[int]) -> int:
        self.held = list(tokens)
        return -1

    def fork(self, branches: int) -> None:
        assert branches <= MAX_BRANCHES

    prune = fork

    def decode(self, rows: Sequence[Row], sequence_ids: Callable[[Row], list[int]]) -> None:
        assert all(sequence_ids(row) for row in rows)
        self._rows = rows
        self.decoded.append(len(rows))

    def logits(self, row: int) -> NDArray[np.float32]:
        return _find_logits(self._rows[row].token)


def _find_logits(token: int) -> NDArray[np.float32]:
    return np.float32(-1 / 9) * np.abs(np.arange(_LETTERS, dtype=np.float32) - token)


def _score_alone(prefix: str, candidate: str) -> float:
    """Letter by letter, in double precision."""
    letters = [ord(letter) for letter in prefix[-1:] + candidate]
    logits = [_find_logits(letter).astype(float) for letter in letters]
    pairs = zip(logits, letters[1:], strict=False)
    return float(sum(row[after] - np.log(np.exp(row).sum()) for row, after in pairs))


def test_many_long_candidates_are_decoded_in_small_parts_and_score_as_each_would_alone() -> None:
    session = LetterSession()
    prefix = "Total: "
    candidates = [f"{number * 7919:x} of {number} pieces of paper" for number in range(40)]
    scores = score_candidates(session, prefix, candidates)  # type: ignore[arg-type]
    assert scores == pytest.approx([_score_alone(prefix, each) for each in candidates], rel=1e-5)
    assert max(session.decoded) == MICRO_BATCH_TOKENS
    assert sum(session.decoded) > 2 * MICRO_BATCH_TOKENS

"""Plan one decode that scores many token sequences: what they share is evaluated once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The most sequences that one decode can grow, and the most tokens it can take.
MAX_BRANCHES = 32
BATCH_TOKENS = 512
# Logits of a whole micro-batch are reserved in memory: 128 rows of a vocabulary of 262,144 are 134 MB already.
MICRO_BATCH_TOKENS = 128


@dataclass(frozen=True, slots=True)
class Row:
    """One token of a batch.

    ``branches`` are the indexes of the sequences that pass through it, ascending and never empty. ``parent`` is the
    row before it, or -1 for the first. ``wanted`` says that its logits are needed, because a scored token follows.
    """

    token: int
    position: int
    branches: tuple[int, ...]
    parent: int
    wanted: bool


def plan_rows(sequences: Sequence[Sequence[int]], held: int, scored_from: int) -> list[Row]:
    """Lay the sequences out as a tree, depth first, so that a token shared by several is evaluated once.

    A branch's rows only ever narrow the set of sequences they belong to, which is what llama.cpp asks of sequences
    that share cells.

    Args:
        sequences: Token ids; all of them share the first ``scored_from`` tokens and each is longer than that.
        held: How many leading tokens the model's state already holds; less than ``scored_from``.
        scored_from: Where scoring begins.
    """
    rows: list[Row] = []
    everyone = tuple(range(len(sequences)))
    pending: list[tuple[tuple[int, ...], int, int]] = [(everyone, held, -1)]
    while pending:
        branches, position, parent = pending.pop()
        by_token: dict[int, list[int]] = {}
        for branch in branches:
            if position < len(sequences[branch]):
                by_token.setdefault(sequences[branch][position], []).append(branch)
        for token, members in by_token.items():
            goes_on = any(len(sequences[branch]) > position + 1 for branch in members)
            wanted = goes_on and position + 1 >= scored_from
            if not goes_on and position >= scored_from:
                continue  # a last token is scored by the row before it; evaluating it would buy nothing
            rows.append(Row(token, position, tuple(members), parent, wanted))
            pending.append((tuple(members), position + 1, len(rows) - 1))
    return rows


def shared_length(sequences: Sequence[Sequence[int]]) -> int:
    """How many leading tokens all sequences have in common."""
    shortest = min(len(sequence) for sequence in sequences)
    first = sequences[0]
    for position in range(shortest):
        if any(sequence[position] != first[position] for sequence in sequences):
            return position
    return shortest

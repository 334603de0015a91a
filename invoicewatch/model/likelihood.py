"""The log-likelihood of candidate texts, batched, with the state of their common prefix kept for the next call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from invoicewatch.errors import TransientError
from invoicewatch.model.branches import BATCH_TOKENS, MICRO_BATCH_TOKENS, Row, plan_rows, shared_length
from invoicewatch.model.session import LlamaSession


def score_candidates(session: LlamaSession, prefix: str, candidates: Sequence[str]) -> tuple[float, ...]:
    """Natural log-likelihood of each candidate as the continuation of ``prefix``.

    Where a candidate's first token swallows the end of the prefix, the tokens affected are scored for all candidates
    alike, so that the differences between candidates hold.

    Raises:
        TransientError: A candidate with its prefix fills more than half of the context.
    """
    start = session.start_tokens() or session.tokenize("\n")[:1]
    stem = start + session.tokenize(prefix)
    sequences = [start + session.tokenize(prefix + candidate) for candidate in candidates]
    longest = max((len(tokens) for tokens in sequences), default=0)
    if longest > session.context_size // 2:
        raise TransientError(f"a text of {longest} tokens does not fit the model's context", code="long_text")
    scored_from = min((shared_length([stem, tokens]) for tokens in sequences), default=1)
    scores: list[float] = []
    for group in _fitting_groups(sequences, scored_from, session):
        scores += _score_group(session, group, scored_from)
    return tuple(scores)


def _fitting_groups(sequences: list[list[int]], scored_from: int, session: LlamaSession) -> Iterator[list[list[int]]]:
    """Cut into groups whose own tokens fit one decode and, with the prefix, the context."""
    room = min(BATCH_TOKENS, session.context_size - scored_from) - 1
    group: list[list[int]] = []
    filled = 0
    for tokens in sequences:
        size = len(tokens) - scored_from
        if group and (len(group) == session.max_branches or filled + size > room):
            yield group
            group, filled = [], 0
        group.append(tokens)
        filled += size
    if group:
        yield group


def _score_group(session: LlamaSession, sequences: list[list[int]], scored_from: int) -> list[float]:
    session.advance(sequences[0][: scored_from - 1])
    rows = plan_rows(sequences, scored_from - 1, scored_from)
    session.fork(len(sequences))
    scores = [0.0] * len(sequences)
    # In the parts that llama.cpp would cut them into: it keeps the logits of all rows of a decode, 200 kB each.
    for first in range(0, len(rows), MICRO_BATCH_TOKENS):
        part = rows[first : first + MICRO_BATCH_TOKENS]
        # Sequence 0 keeps the prefix for the next call; candidate n grows as sequence n + 1.
        session.decode(part, lambda row: [0] * (row.position < scored_from) + [branch + 1 for branch in row.branches])
        _add_rows(scores, session, part, sequences)
    session.held = sequences[0][:scored_from]
    session.prune(len(sequences))
    return scores


def _add_rows(scores: list[float], session: LlamaSession, rows: list[Row], sequences: list[list[int]]) -> None:
    for index, row in enumerate(rows):
        if not row.wanted:
            continue
        logits = session.logits(index)
        top = float(logits.max())
        normaliser = top + float(np.log(np.exp(logits - top).sum()))
        for branch in row.branches:
            if row.position + 1 < len(sequences[branch]):
                scores[branch] += float(logits[sequences[branch][row.position + 1]]) - normaliser

"""A scorer without a model, to tell what the model adds to the channel and the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence


class EvenScorer:
    """Finds all candidates equally likely. Implements ``LineScorer``."""

    model_name = "none"

    def score(self, _prefix: str, candidates: Sequence[str]) -> tuple[float, ...]:
        """No candidate likelier than another."""
        return (0.0,) * len(candidates)

    def words(self) -> tuple[str, ...]:
        """None: there is no tokenizer."""
        return ()

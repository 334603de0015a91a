"""What a span of words may say by the readings of all engines; nothing that no engine proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from invoicewatch.records import Word

# Six words with three readings each are enough; more is noise.
_MAX_COMBINATIONS = 256


def join_readings(words: Sequence[Word]) -> Iterator[str]:
    """The words joined without blanks, in every combination of readings, the one that was kept first."""
    choices = [dict.fromkeys([word.text, *(other.text for other in word.others if other.text)]) for word in words]
    for parts in islice(product(*choices), _MAX_COMBINATIONS):
        yield "".join(parts)

"""What a figure may be by what the engine that read it nearly read: worth naming, and no proof of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from invoicewatch.records import Alternative, Box, FieldValue, Word

_MOST = 2  # of a field


def list_nearly_read(
    words: Sequence[Word], value: FieldValue, parse: Callable[[str], FieldValue | None], place: tuple[int, Box, str]
) -> tuple[Alternative, ...]:
    """The likeliest other values of words that were proofread, each with what its engine gives for it (0-1).

    Args:
        words: What the value was read from.
        value: The value.
        parse: Makes a value of the words' text, or None.
        place: The value's page, its box and the text it came from.
    """
    found: dict[FieldValue, float] = {}
    for text, share in _spell_otherwise(words):
        other = parse(text)
        if other is not None and other != value:
            found[other] = max(share, found.get(other, 0.0))
    likeliest = sorted(found.items(), key=lambda each: -each[1])[:_MOST]
    return tuple(Alternative(other, round(share, 3), *place) for other, share in likeliest)


def _spell_otherwise(words: Sequence[Word]) -> Iterator[tuple[str, float]]:
    """The words with one of them as its own engine nearly read it, with the probability of that."""
    texts = [word.text for word in words]
    for n, word in enumerate(words):
        for other in word.others:
            if other.engine == word.engine:
                yield " ".join((*texts[:n], other.text, *texts[n + 1 :])), other.confidence / 100.0

"""How the index writes a word that means more than itself; readers and writers share it."""

from __future__ import annotations

from enum import StrEnum

from invoicewatch.store.index.words import MAX_WORD_LENGTH

# Private use characters: no document can forge one, since ``words`` cuts at them.
_LENGTH_START = 0xE100
_LENGTH_END = 0xE200


class Mark(StrEnum):
    """A character before a word that tells where it stands, as Xapian's term prefixes do."""

    SELLER = "\ue001"
    NUMBER = "\ue002"
    FILE = "\ue003"


def mark_word(mark: Mark, word: str) -> str:
    """The word as it stands in that place."""
    return f"{mark}{word}"


def pad_term(term: str) -> str:
    """A term between two characters that tell its ends and its length.

    A trigram with an end in it then finds only words that begin (or end) so and are that long.
    """
    return f"{start_of(len(term))}{term}{end_of(len(term))}"


def start_of(length: int) -> str:
    """The character before a term of this length."""
    return chr(_LENGTH_START + min(length, MAX_WORD_LENGTH))


def end_of(length: int) -> str:
    """The character after a term of this length."""
    return chr(_LENGTH_END + min(length, MAX_WORD_LENGTH))

"""Which known words resemble a typed one: spelt otherwise, holding it as a part, or one reading error away.

Everything is bounded: a part that half of all words hold brings the words that were met first, which are the common
ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.index.terms import end_of, start_of
from invoicewatch.store.index.words import fold_sound

MAX_SPELLINGS = 16
MAX_PARTS = 64
MAX_ERRORS = 32
_MAX_CANDIDATES = 1500
_TRIGRAM = 3
_SHORTEST_WITH_ERROR = 4
_SHORTEST_IN_THIRDS = 9
# What engines take for one another: characters for two, and digits for letters.
_SHAPES = tuple(
    tuple(pair.split("-"))
    for pair in (
        "rn-m", "cl-d", "vv-w", "li-h", "ii-u", "nn-m", "ri-n", "il-u", "0-o", "0-d", "0-q", "1-l", "1-i", "2-z",
        "5-s", "6-b", "6-g", "8-b", "9-g", "9-q", "4-a", "7-t",
    )
)  # fmt: skip


def find_spellings(reader: Rows, term: str) -> list[str]:
    """Words with the umlauts spelt otherwise."""
    rows = reader.rows(
        "SELECT term FROM word WHERE sound = ? AND term <> ? ORDER BY id LIMIT ?",
        (fold_sound(term), term, MAX_SPELLINGS),
    )
    return [row["term"] for row in rows]


def find_containing(reader: Rows, part: str) -> list[str]:
    """Words that hold this part of three characters or more."""
    if len(part) < _TRIGRAM:
        return []
    candidates = _candidates(reader, part, _MAX_CANDIDATES)
    return [term for term in candidates if part in term and term != part][:MAX_PARTS]


def find_misread(reader: Rows, term: str) -> list[str]:
    """Words that one reading error turns into this one: a character changed, lost or added, or a known shape.

    Among numbers every neighbour is a number in its own right: there only a shape counts (``O`` for ``0``).
    """
    if len(term) < _SHORTEST_WITH_ERROR:
        return []
    found = dict.fromkeys(_known(reader, _reshape(term)))
    for pattern in () if is_mostly_digits(term) else _patterns(term):
        for other in _candidates(reader, pattern, _MAX_CANDIDATES):
            if is_one_edit(term, other):
                found[other] = None
    return list(found)[:MAX_ERRORS]


def is_mostly_digits(term: str) -> bool:
    """Whether a word is rather a number."""
    return 2 * sum(c.isdigit() for c in term) > len(term)


def is_one_edit(a: str, b: str) -> bool:
    """Whether exactly one character must be changed, put in or taken out to turn one into the other."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or a == b:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[same + (len(a) == len(b)) :] == b[same + 1 :]


def _reshape(term: str) -> Iterator[str]:
    """The term with one shape read as the other, at every place and in both directions."""
    for pair in _SHAPES:
        for old, new in (pair, pair[::-1]):
            start = term.find(old)
            while start >= 0:
                yield term[:start] + new + term[start + len(old) :]
                start = term.find(old, start + 1)


def _known(reader: Rows, terms: Iterable[str]) -> list[str]:
    query = sql("SELECT term FROM word WHERE term IN ({terms}) ORDER BY id", terms=list_values(sorted(set(terms))))
    return [row["term"] for row in ask(reader, query)]


def _patterns(term: str) -> Iterator[tuple[str, ...]]:
    """Parts of which a word one error away still holds one group: an error spoils one half, or one third.

    The end characters tell the length, so that only words of nearly this length come up.
    """
    for length in (len(term), len(term) - 1, len(term) + 1):
        start, end = start_of(length), end_of(length)
        if len(term) < _SHORTEST_IN_THIRDS:
            half = len(term) // 2
            yield (start + term[:half],)
            yield (term[half:] + end,)
        else:
            one, two = len(term) // 3, 2 * len(term) // 3
            first, middle, last = start + term[:one], term[one:two], term[two:] + end
            yield first, middle
            yield first, last
            yield middle, last


def _candidates(reader: Rows, parts: str | tuple[str, ...], limit: int) -> list[str]:
    """Words that hold the trigrams of all parts, first met first; the caller looks closer."""
    pieces = (parts,) if isinstance(parts, str) else parts
    trigrams = {piece[i : i + _TRIGRAM] for piece in pieces for i in range(len(piece) - _TRIGRAM + 1)}
    match = " AND ".join(f'"{trigram}"' for trigram in sorted(trigrams))
    query = (
        "SELECT term FROM (SELECT rowid FROM word_trigram WHERE word_trigram MATCH ? ORDER BY rowid LIMIT ?) AS hit"
        " CROSS JOIN word ON word.id = hit.rowid"
    )
    return [row["term"] for row in reader.rows(query, (match, limit))]

"""Turn clauses into FTS5 expressions, from the strictest meaning to the loosest.

Only words that ``words`` cut ever reach an expression, always in quotation marks; such a word holds no quotation mark,
so nothing a person types is FTS5 syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from invoicewatch.store.database.reader import Rows
from invoicewatch.store.index.terms import Mark, mark_word
from invoicewatch.store.index.vocabulary import find_containing, find_misread, find_spellings
from invoicewatch.store.index.words import cut_words
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Clause, Query

Phrase = tuple[str, ...]

_MAX_PHRASES = 64


@dataclass(frozen=True, slots=True)
class Tier:
    """One meaning of the query: its name, its expression, and the words that make a hit."""

    name: str
    expression: str
    words: frozenset[str]


def make_tiers(reader: Rows, clauses: Sequence[Clause], fixed: Sequence[str]) -> Iterator[Tier]:
    """The tiers of a query, best first, each as loose as the ones before it or looser; lazily, for looseness costs.

    Args:
        reader: The vocabulary to ask.
        clauses: What was typed; every one must match. At least one.
        fixed: Expressions that must hold besides (a seller).
    """
    phrases = [_exact_phrases(clause) for clause in clauses]
    heads = [
        tuple(mark_word(mark, word) for word in phrase)
        for group in phrases
        for phrase in group
        for mark in (Mark.SELLER, Mark.NUMBER)
    ]
    yield _make_tier("head", phrases, [*fixed, _any(heads)])
    yield _make_tier("word", phrases, fixed)
    for name, find in (("spelling", _find_spelt), ("part", _find_holding), ("misread", _find_misread)):
        wider = [
            ps if clause.exact else list(dict.fromkeys((*ps, *find(reader, clause))))
            for clause, ps in zip(clauses, phrases, strict=True)
        ]
        if wider != phrases:
            phrases = wider
            yield _make_tier(name, phrases, fixed)


def match_filters(reader: Rows, filters: Filters) -> list[str]:
    """Seller and number are words too: an expression for each of them that is asked for."""
    heads = ((Mark.SELLER, filters.seller), (Mark.NUMBER, filters.number))
    return [_match_head(reader, mark, words) for mark, text in heads if (words := cut_words(text))]


def match_query(reader: Rows, query: Query) -> list[str]:
    """What all records that a query finds match, misread words left out; its other filters are not among it."""
    fixed = match_filters(reader, query.filters)
    if not query.clauses:
        return fixed
    # Each tier holds what the stricter ones hold.
    tiers = [tier for tier in make_tiers(reader, query.clauses, fixed) if tier.name != "misread"]
    return [tiers[-1].expression]


def _match_head(reader: Rows, mark: Mark, text_words: Sequence[str]) -> str:
    """A seller or number that holds these words, each whole, in part, or spelt otherwise."""
    groups = []
    for word in text_words:
        known = [word, *find_spellings(reader, word), *find_containing(reader, word)]
        groups.append(_any((mark_word(mark, other),) for other in known))
    return " AND ".join(groups)


def _exact_phrases(clause: Clause) -> list[Phrase]:
    """The words side by side; and as one word, as an invoice number is typed without its signs."""
    if clause.exact or len(clause.words) == 1 or any(len(w) == 1 and not w.isascii() for w in clause.words):
        return [clause.words]
    return [clause.words, ("".join(clause.words),)]


def _find_spelt(reader: Rows, clause: Clause) -> Iterator[Phrase]:
    """Each word spelt otherwise, side by side (``Jaeger-Test`` for ``Jäger-Test``); and all of them as one word."""
    ways = [(word, *find_spellings(reader, word)) for word in clause.words]
    yield from islice(product(*ways), _MAX_PHRASES)
    yield from _as_phrases(find_spellings(reader, "".join(clause.words)))


def _find_holding(reader: Rows, clause: Clause) -> Iterator[Phrase]:
    return _as_phrases(find_containing(reader, "".join(clause.words)))


def _find_misread(reader: Rows, clause: Clause) -> Iterator[Phrase]:
    return _as_phrases(find_misread(reader, "".join(clause.words)))


def _as_phrases(terms: Iterable[str]) -> Iterator[Phrase]:
    return ((term,) for term in terms)


def _make_tier(name: str, phrases: Sequence[Sequence[Phrase]], fixed: Sequence[str]) -> Tier:
    expression = " AND ".join([*(_any(group) for group in phrases), *fixed])
    return Tier(name, expression, frozenset(word for group in phrases for phrase in group for word in phrase))


def _any(phrases: Iterable[Phrase]) -> str:
    return f"({' OR '.join(_quote(phrase) for phrase in phrases)})"


def _quote(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'

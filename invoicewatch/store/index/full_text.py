"""The full text index: which words stand in which record, and which words there are.

A record is indexed as one row of words: its seller, its number and its file name twice, once marked with what they are
and once plainly, then its other values and its texts. ``word`` is the vocabulary; its trigrams answer which known
words hold a part, or stand one error away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection  # noqa: TC002 - the signatures show what they work on

from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.index.terms import Mark, mark_word, pad_term
from invoicewatch.store.index.words import cut_words, fold_sound, is_spaceless

# The 'ascii' tokenizer takes our words as they are, since to it everything beyond ASCII is part of a word.
# Contentless, for the texts are kept once already; without sizes, for ranking does not weigh lengths.
_WORDS = "CREATE VIRTUAL TABLE word_index USING fts5(words, content='', columnsize=0, tokenize='ascii')"
_TRIGRAMS = """
CREATE VIRTUAL TABLE word_trigram USING fts5(
    term, content='', columnsize=0, detail='none', tokenize='trigram case_sensitive 1'
)"""
INDEX_TABLES = (_WORDS, _TRIGRAMS)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What of a record can be searched; equal entries give equal index rows."""

    seller: str
    number: str
    file_name: str
    values: tuple[str, ...]
    raw: str
    enhanced: str | None
    goods: tuple[str, ...] = ()


def read_entry(connection: Connection, invoice_id: int) -> IndexEntry | None:
    """The entry of a stored record, or None if there is no such record."""
    ask = SessionRows.over(connection).rows
    rows = ask(
        "SELECT seller_name, invoice_number, file_name, raw, enhanced"
        " FROM invoice LEFT JOIN text ON invoice_id = id WHERE id = ?",
        (invoice_id,),
    )
    if not rows:
        return None
    seller, number, file_name, raw, enhanced = rows[0]
    values = ask(
        "SELECT value FROM field WHERE invoice_id = ? UNION"
        " SELECT value FROM human_value WHERE invoice_id = ? AND value IS NOT NULL ORDER BY 1",
        (invoice_id, invoice_id),
    )
    goods = ask("SELECT description FROM invoice_line WHERE invoice_id = ? ORDER BY position", (invoice_id,))
    plain, lines = (tuple(row[0] for row in each) for each in (values, goods))
    return IndexEntry(seller or "", number or "", file_name, plain, raw or "", enhanced, lines)


def add_entries(connection: Connection, entries: Mapping[int, IndexEntry]) -> None:
    """Index records that are not indexed, by their numbers; many at once are much cheaper than one by one."""
    rows = []
    terms: set[str] = set()
    for invoice_id, entry in sorted(entries.items()):
        words = list_words(entry)
        rows.append((invoice_id, " ".join(words)))
        terms |= _vocabulary(entry, words)
    SessionRows.over(connection).executemany("INSERT INTO word_index(rowid, words) VALUES (?, ?)", rows)
    _add_terms(SessionRows.over(connection), terms)


def remove_entry(connection: Connection, invoice_id: int, entry: IndexEntry) -> None:
    """Take a record out of the index; ``entry`` must be the one it was indexed with, for the index keeps no texts."""
    connection.exec_driver_sql(
        "INSERT INTO word_index(word_index, rowid, words) VALUES ('delete', ?, ?)",
        (invoice_id, " ".join(list_words(entry))),
    )


def remove_unused_terms(connection: Connection, terms: Iterable[str]) -> None:
    """Take those of some words that no record has any more out of the vocabulary."""
    for term in sorted(terms):
        used = connection.exec_driver_sql("SELECT 1 FROM word_index WHERE word_index MATCH ? LIMIT 1", (f'"{term}"',))
        known = connection.exec_driver_sql("SELECT id FROM word WHERE term = ?", (term,)).scalar()
        if used.first() is None and known is not None:
            connection.exec_driver_sql(
                "INSERT INTO word_trigram(word_trigram, rowid, term) VALUES ('delete', ?, ?)", (known, pad_term(term))
            )
            connection.exec_driver_sql("DELETE FROM word WHERE id = ?", (known,))


def list_terms(entry: IndexEntry) -> set[str]:
    """The words of an entry that the vocabulary knows."""
    return _vocabulary(entry, list_words(entry))


def list_lost_terms(connection: Connection) -> list[str]:
    """The words of the vocabulary that stand in no record: of records that are gone, and of their earlier readings."""
    connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, word_index, row)")
    lost = connection.exec_driver_sql("SELECT term FROM word WHERE term NOT IN (SELECT term FROM temp.indexed)")
    terms = list(lost.scalars())
    connection.exec_driver_sql("DROP TABLE temp.indexed")
    return terms


def rebuild_index(connection: Connection) -> None:
    """Make index and vocabulary anew from the records: after a change of how words are cut, or damage."""
    for statement in ("DROP TABLE word_index", "DROP TABLE word_trigram", "DELETE FROM word", *INDEX_TABLES):
        connection.exec_driver_sql(statement)
    numbers = connection.exec_driver_sql("SELECT id FROM invoice ORDER BY id").scalars().all()
    for start in range(0, len(numbers), _BATCH):
        entries = {number: read_entry(connection, number) for number in numbers[start : start + _BATCH]}
        add_entries(connection, {number: entry for number, entry in entries.items() if entry is not None})


def list_words(entry: IndexEntry) -> list[str]:
    """The words of an index row, in order."""
    words: list[str] = []
    for mark, heads in _heads(entry).items():
        words += [mark_word(mark, word) for word in heads]
        words += heads
    for value in entry.values:
        words += cut_words(value)
    words += cut_words(entry.raw if entry.enhanced is None else entry.enhanced)
    words += cut_words(_raw_lines_that_changed(entry))
    return words + _list_unseen(entry.goods, words)


def _list_unseen(goods: Iterable[str], words: Iterable[str]) -> list[str]:
    """The words of goods that the texts lack: those of a table stand in them, those of XML do not."""
    seen = set(words)
    return [word for description in goods for word in cut_words(description) if word not in seen]


def _heads(entry: IndexEntry) -> Mapping[Mark, list[str]]:
    number = cut_words(entry.number)
    whole = "".join(number)
    return {
        Mark.SELLER: cut_words(entry.seller),
        Mark.NUMBER: number if len(number) < 2 else [*number, whole],  # noqa: PLR2004 - more than one part
        Mark.FILE: cut_words(entry.file_name),
    }


def _raw_lines_that_changed(entry: IndexEntry) -> str:
    """Correction never adds or removes a line, so both texts go side by side."""
    if entry.enhanced is None:
        return ""
    pairs = zip(entry.raw.splitlines(), entry.enhanced.splitlines(), strict=False)
    return "\n".join(raw for raw, enhanced in pairs if raw != enhanced)


def _vocabulary(entry: IndexEntry, words: Sequence[str]) -> set[str]:
    """The words worth knowing: those with a letter, and the digits of heads; a page's other digits are endless."""
    heads = {word for words in _heads(entry).values() for word in words}
    known = {word for word in set(words) if _has_letter(word) and word[0].isalnum()}
    return {word for word in heads | known if len(word) > 1 and not is_spaceless(word)}


def _has_letter(word: str) -> bool:
    return word.isalpha() or (not word.isdecimal() and any(char.isalpha() for char in word))


def _add_terms(rows: SessionRows, terms: Iterable[str]) -> None:
    """Add the words that are new. Numbers grow, so that the words met first, the common ones, have small ones."""
    wanted = json.dumps(sorted(terms))
    known = rows.rows("SELECT term FROM word WHERE term IN (SELECT value FROM json_each(?))", (wanted,))
    missing = sorted(set(json.loads(wanted)).difference(row[0] for row in known))
    if not missing:
        return
    last = rows.rows("SELECT coalesce(max(id), 0) FROM word")[0][0]
    numbered = list(enumerate(missing, start=last + 1))
    rows.executemany(
        "INSERT INTO word(id, term, sound) VALUES (?, ?, ?)", [(n, term, fold_sound(term)) for n, term in numbered]
    )
    rows.executemany(
        "INSERT INTO word_trigram(rowid, term) VALUES (?, ?)", [(n, pad_term(term)) for n, term in numbered]
    )

"""The newest records in a scope that an expression matches, with a bound on how many matches are looked at.

A word that stands in half a million records matches half a million times, and reading all of them takes a second. So
matches are read newest first, and only as many as there is time for; ``complete`` tells when that was not all.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import Sql, sql
from invoicewatch.store.search.scope import Scope

# What takes about 20 ms each: reading matches alone, reading them with their records, and asking record by record.
MAX_READ = 150_000
MAX_JOINED = 50_000
MAX_ASKED = 600


@dataclass(frozen=True, slots=True)
class Matches:
    """Numbers of records, newest first; ``complete`` says that no match was left out for want of time."""

    ids: list[int]
    complete: bool


def find_matches(reader: Rows, expression: str, scope: Scope, limit: int, known: Collection[int]) -> Matches:
    """Up to ``limit`` records less those that are ``known`` already.

    Args:
        reader: The database.
        expression: FTS5's, made by ``match``.
        scope: Which records count.
        limit: How many are wanted, the known ones included.
        known: Numbers to leave out.
    """
    if scope.ids is not None:
        left = [number for number in scope.ids if number not in known]
        return _meet(reader, expression, left, limit - len(known)) if left else Matches([], complete=True)
    if scope.is_everything:
        newest = "SELECT rowid FROM word_index WHERE word_index MATCH ? ORDER BY rowid DESC LIMIT ?"
        ids = [row["rowid"] for row in reader.rows(newest, (expression, limit))]
        return Matches(_without(ids, known), complete=True)
    return _join(reader, expression, scope, limit, known)


def _meet(reader: Rows, expression: str, ids: list[int], limit: int) -> Matches:
    """Few records are in scope: read the newest matches, and where there are too many, ask for each record instead."""
    # One walk answers both: which of the records it met, and whether it came to the end.
    both = (
        "SELECT count(*) AS n, json_group_array(rowid) FILTER (WHERE +rowid IN (SELECT value FROM json_each(?))) AS met"
        " FROM (SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC LIMIT ?)"
    )
    walk = reader.rows(both, (json.dumps(ids), expression, ids[-1], ids[0], MAX_READ))[0]
    found = set(json.loads(walk["met"]))
    if len(found) >= limit or walk["n"] < MAX_READ:
        return Matches(sorted(found, reverse=True), complete=True)
    asked = list(islice(ids, MAX_ASKED))
    each = "SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
    met = {row["rowid"] for row in reader.rows(each, (expression, json.dumps(asked)))} | found
    return Matches(sorted(met, reverse=True), complete=len(asked) == len(ids))


def _join(reader: Rows, expression: str, scope: Scope, limit: int, known: Collection[int]) -> Matches:
    """Many records are in scope: read matches newest first and look at each record, until enough pass."""
    # The inner query runs as a coroutine and stops when the outer one has enough; CROSS JOIN keeps this order of loops.
    matching = sql("word_index MATCH ? AND rowid BETWEEN ? AND ?", expression, scope.low, scope.high)
    hits = sql(
        "SELECT rowid FROM word_index WHERE {matching} ORDER BY rowid DESC LIMIT ?", MAX_JOINED, matching=matching
    )
    joined = sql(
        "SELECT id FROM ({hits}) AS hit CROSS JOIN invoice NOT INDEXED ON id = hit.rowid WHERE {where} LIMIT ?",
        limit,
        hits=hits,
        where=scope.where,
    )
    ids = [row["id"] for row in ask(reader, joined)]
    complete = len(ids) >= limit or _count(reader, matching, MAX_JOINED) < MAX_JOINED
    return Matches(_without(ids, known), complete)


def _count(reader: Rows, matching: Sql, most: int) -> int:
    counted = sql(
        "SELECT count(*) AS n FROM (SELECT 1 FROM word_index WHERE {matching} LIMIT ?)", most, matching=matching
    )
    return int(ask(reader, counted)[0]["n"])


def _without(ids: list[int], known: Collection[int]) -> list[int]:
    return [number for number in ids if number not in known]

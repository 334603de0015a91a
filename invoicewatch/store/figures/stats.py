"""Sums over many records: by month, by seller, by status, by currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.schema import money_from_integer
from invoicewatch.store.database.sql import Sql, sql
from invoicewatch.store.search.match import match_query
from invoicewatch.store.search.query_text import Query
from invoicewatch.store.search.scope import keep_matching, make_scope

Grouping = Literal["month", "year", "seller", "status", "currency"]
_GROUPS: dict[Grouping, Sql] = {
    "month": sql("substr(issue_date, 1, 7)"),
    "year": sql("substr(issue_date, 1, 4)"),
    "seller": sql("seller_key"),
    "status": sql("status"),
    "currency": sql("currency"),
}
# The kind that counts: a person's latest word, else the machine's.
_ENTERED = sql(
    "SELECT coalesce(h.value, '') FROM human_value AS h WHERE h.invoice_id = invoice.id AND h.name = 'document_type'"
    " AND NOT h.withdrawn AND h.id = (SELECT max(l.id) FROM human_value AS l"
    " WHERE l.invoice_id = invoice.id AND l.name = 'document_type')"
)
_FOUND = sql("SELECT f.value FROM field AS f WHERE f.invoice_id = invoice.id AND f.name = 'document_type'")
_OWED = sql(
    "CASE coalesce(({entered}), ({found})) WHEN 'credit_note' THEN -abs(total) ELSE total END",
    entered=_ENTERED,
    found=_FOUND,
)


@dataclass(frozen=True, slots=True)
class Sum:
    """One group in one currency: how many documents, how many of them with a total, and what they add up to."""

    group: str | None
    currency: str | None
    count: int
    with_total: int
    total: Decimal


def sum_up(reader: Rows, query: Query, grouping: Grouping) -> list[Sum]:
    """Sums by group and currency, groups in order (sellers by what they add up to, largest first).

    What a credit note gives back is taken off, whatever sign it is printed with. Documents that failed are left out,
    and a document without a currency is a group of its own.
    """
    scope = make_scope(reader, query.filters, with_ids=False)
    group = _GROUPS[grouping]
    by_seller = grouping == "seller"
    sums = sql(
        "SELECT {shown} AS name, currency, count(*) AS n, count(total) AS m, coalesce(sum({owed}), 0) AS total"
        " FROM {source} WHERE {where} AND status IN ('accepted', 'needs_review')"
        " GROUP BY {group}, currency ORDER BY {order}",
        shown=sql("max(seller_name)") if by_seller else group,
        owed=_OWED,
        source=sql("invoice") if scope.is_everything else scope.source,
        where=reduce(keep_matching, match_query(reader, query), scope.where),
        group=group,
        order=sql("total DESC, 1") if by_seller else sql("1 IS NULL, 1, 2"),
    )
    return [
        Sum(row["name"], row["currency"], row["n"], row["m"], money_from_integer(row["total"]))
        for row in ask(reader, sums)
    ]

"""Sums over many records: by month, by seller, by status."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.schema import money_from_integer
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.match import match_filters
from invoicewatch.store.search.scope import make_scope

Grouping = Literal["month", "year", "seller", "status"]
_GROUPS: dict[str, str] = {
    "month": "substr(issue_date, 1, 7)",
    "year": "substr(issue_date, 1, 4)",
    "seller": "seller_key",
    "status": "status",
}
# The kind that counts: a person's latest word, else the machine's.
_ENTERED = (
    "SELECT coalesce(h.value, '') FROM human_value AS h WHERE h.invoice_id = invoice.id AND h.name = 'document_type'"
    " AND NOT h.withdrawn AND h.id = (SELECT max(l.id) FROM human_value AS l"
    " WHERE l.invoice_id = invoice.id AND l.name = 'document_type')"
)
_FOUND = "SELECT f.value FROM field AS f WHERE f.invoice_id = invoice.id AND f.name = 'document_type'"
_OWED = f"CASE coalesce(({_ENTERED}), ({_FOUND})) WHEN 'credit_note' THEN -abs(total) ELSE total END"


@dataclass(frozen=True, slots=True)
class Sum:
    """One group in one currency: how many documents, how many of them with a total, and what they add up to."""

    group: str | None
    currency: str | None
    count: int
    with_total: int
    total: Decimal


def sum_up(reader: Rows, filters: Filters, grouping: Grouping) -> list[Sum]:
    """Sums by group and currency, groups in order (sellers by what they add up to, largest first).

    What a credit note gives back is taken off, whatever sign it is printed with. Documents that failed are left out,
    and a document without a currency is a group of its own.
    """
    scope = make_scope(reader, filters, with_ids=False)
    group = _GROUPS[grouping]
    shown = "max(seller_name)" if grouping == "seller" else group
    order = "total DESC, 1" if grouping == "seller" else "1 IS NULL, 1, 2"
    source = "invoice" if scope.is_everything else scope.source
    where, parameters = scope.where, [*scope.parameters]
    for expression in match_filters(reader, filters):
        where += " AND id IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)"
        parameters.append(expression)
    rows = reader.rows(
        f"SELECT {shown} AS name, currency, count(*) AS n, count(total) AS m, coalesce(sum({_OWED}), 0) AS total"  # noqa: S608 - own text
        f" FROM {source} WHERE {where} AND status IN ('accepted', 'needs_review')"
        f" GROUP BY {group}, currency ORDER BY {order}",
        parameters,
    )
    return [Sum(row["name"], row["currency"], row["n"], row["m"], money_from_integer(row["total"])) for row in rows]

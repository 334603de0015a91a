"""The office itself, learned from the records: who stands as the buyer on most of them never sells what it receives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from invoicewatch.store.database.reader import Rows
from invoicewatch.store.memory.keys import fold_name

# By judgement: fewer documents may all be of one project, and what is older says little of who receives them now.
_FEWEST = 10
_LATEST = 200
_MOST_SHARE = 0.6
_PROVED_SELLER = 2  # documents: one may be an accident

_BUYERS = """
    SELECT recent.seller_name AS seller,
        CASE WHEN entry.id IS NULL OR entry.withdrawn THEN field.value ELSE entry.value END AS buyer
    FROM (SELECT id, seller_name FROM invoice WHERE status <> 'duplicate' ORDER BY id DESC LIMIT ?) AS recent
    LEFT JOIN field ON field.invoice_id = recent.id AND field.name = 'buyer_name'
    LEFT JOIN human_value AS entry ON entry.id =
        (SELECT max(id) FROM human_value WHERE invoice_id = recent.id AND name = 'buyer_name')
"""
_SELLERS = "SELECT 1 FROM seller_memory WHERE seller_key = ? AND proofs >= ?"


@dataclass(frozen=True, slots=True)
class LearnedOffice:
    """A name as most documents write it, on how many it is the buyer, and how many name one at all."""

    name: str
    documents: int
    of: int


def find_office(reader: Rows) -> LearnedOffice | None:
    """Who stands as the buyer on at least ten of the latest documents, and on six of ten that name one; else None.

    Case, accents and punctuation do not tell names apart. Who is remembered as a seller is not the office, and a
    document whose buyer is its seller tells nothing.
    """
    rows = reader.rows(_BUYERS, (_LATEST,))
    buyers = [(row["buyer"], row["seller"] or "") for row in rows if row["buyer"]]
    told = [(key, buyer) for buyer, seller in buyers if (key := fold_name(buyer)) not in {"", fold_name(seller)}]
    if not told:
        return None
    key, count = Counter(folded for folded, _ in told).most_common(1)[0]
    if count < _FEWEST or count < _MOST_SHARE * len(told) or reader.rows(_SELLERS, (key, _PROVED_SELLER)):
        return None
    name, _ = Counter(written for folded, written in told if folded == key).most_common(1)[0]
    return LearnedOffice(name, count, len(told))

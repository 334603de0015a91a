"""The earlier records of one seller, with the values that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from invoicewatch.records import Invoice, Status
from invoicewatch.store.database.reader import ask
from invoicewatch.store.database.schema import money_from_integer
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.index.words import cut_words, fold_sound
from invoicewatch.store.memory.alarms.names import is_same_seller

if TYPE_CHECKING:
    from invoicewatch.store.database.session_rows import SessionRows

# So many of a seller's latest records say what is usual of it.
_LATEST = 60
_LIVE = (str(Status.ACCEPTED), str(Status.NEEDS_REVIEW))
_NAMES = ("iban", "seller_vat_id", "document_type")


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier record. ``values`` are the texts that count of account, VAT id and kind of document."""

    id: int
    accepted: bool
    number: str
    total: Decimal | None
    currency: str
    issued: date | None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of document: sums and numbers of one kind are compared."""
        return self.values.get("document_type", "")


def find_history(rows: SessionRows, invoice: Invoice) -> list[Earlier]:
    """The latest other records of the seller of ``invoice``, the latest first; those that failed do not count."""
    keys = _find_keys(rows, invoice)
    if not keys:
        return []
    mine = sql(
        "SELECT id, status, invoice_number, total, currency, issue_date FROM invoice"
        " WHERE seller_key IN ({keys}) AND status IN ({live}) AND NOT (sha256 = ? AND part = ?)"
        " ORDER BY id DESC LIMIT ?",
        invoice.sha256,
        invoice.part_number,
        _LATEST,
        keys=list_values(sorted(keys)),
        live=list_values(_LIVE),
    )
    found = ask(rows, mine)
    values = _read_values(rows, [row["id"] for row in found])
    return [_make_earlier(row, values.get(row["id"], {})) for row in found]


def read_texts(rows: SessionRows, earlier: Iterable[Earlier]) -> dict[int, str]:
    """What stands on the pages of earlier records, by their number."""
    ids = list_values(each.id for each in earlier)
    found = ask(rows, sql("SELECT invoice_id, raw FROM text WHERE invoice_id IN ({ids})", ids=ids))
    return {row["invoice_id"]: row["raw"] for row in found}


def find_text(invoice: Invoice, name: str) -> str:
    """A field's text; empty where it is missing or no text."""
    found = invoice.fields.get(name)
    return found.value if found is not None and isinstance(found.value, str) else ""


def _find_keys(rows: SessionRows, invoice: Invoice) -> set[str]:
    """The folded names under which records of this seller are kept.

    Only names with the same first letter are compared: an engine that misreads it makes a new seller, which the VAT id
    still tells.
    """
    names = [name for name in (find_text(invoice, "seller_name"), *_find_names(rows, invoice)) if name]
    keys: set[str] = set()
    for name in names:
        first = " ".join(fold_sound(word) for word in cut_words(name))[:1]
        if first:
            alike = rows.rows(
                "SELECT DISTINCT seller_key FROM invoice WHERE seller_key >= ? AND seller_key < ?",
                (first, chr(ord(first) + 1)),
            )
            keys |= {row[0] for row in alike if row[0] and is_same_seller(row[0], name)}
    return keys


def _find_names(rows: SessionRows, invoice: Invoice) -> list[str]:
    """The names of sellers that are remembered with this VAT id."""
    vat_id = find_text(invoice, "seller_vat_id")
    if not vat_id:
        return []
    return [row[0] for row in rows.rows("SELECT name FROM seller_memory WHERE vat_id = ?", (vat_id,))]


def _read_values(rows: SessionRows, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """By record and field: what a person entered last, else what the machine found."""
    parts = {"ids": list_values(ids), "names": list_values(_NAMES)}
    found = sql("SELECT invoice_id, name, value FROM field WHERE invoice_id IN ({ids}) AND name IN ({names})", **parts)
    machine = {(row["invoice_id"], row["name"]): row["value"] for row in ask(rows, found)}
    entered = sql(
        "SELECT invoice_id, name, value, withdrawn FROM human_value"
        " WHERE invoice_id IN ({ids}) AND name IN ({names}) ORDER BY id",
        **parts,
    )
    latest = {(row["invoice_id"], row["name"]): row for row in ask(rows, entered)}
    human = {place: row["value"] or "" for place, row in latest.items() if not row["withdrawn"]}
    values: dict[int, dict[str, str]] = {}
    for (number, name), value in (machine | human).items():
        values.setdefault(number, {})[name] = value
    return values


def _make_earlier(row: Any, values: Mapping[str, str]) -> Earlier:
    return Earlier(
        id=row["id"],
        accepted=row["status"] == str(Status.ACCEPTED),
        number=row["invoice_number"] or "",
        total=None if row["total"] is None else money_from_integer(row["total"]),
        currency=row["currency"] or "",
        issued=date.fromisoformat(row["issue_date"]) if row["issue_date"] else None,
        values=values,
    )

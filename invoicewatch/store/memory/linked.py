"""Which records look like other scans of the same invoice; read as the search reads, without heavy imports."""

from __future__ import annotations

from invoicewatch.store.database.reader import Rows

_LINKED = """
    SELECT twin.id FROM invoice
    JOIN near_duplicate AS link ON link.sha256 = invoice.sha256 AND link.part = invoice.part
    JOIN invoice AS twin ON twin.sha256 = link.other_sha256 AND twin.part = link.other_part WHERE invoice.id = ?
    UNION
    SELECT twin.id FROM invoice
    JOIN near_duplicate AS link ON link.other_sha256 = invoice.sha256 AND link.other_part = invoice.part
    JOIN invoice AS twin ON twin.sha256 = link.sha256 AND twin.part = link.part WHERE invoice.id = ?
    ORDER BY 1"""


def list_near_duplicates(rows: Rows, invoice_id: int) -> list[int]:
    """The numbers of the records that ``invoice_id`` is linked with, whichever came first."""
    found = rows.rows(_LINKED, (invoice_id, invoice_id))
    return [row[0] for row in found]

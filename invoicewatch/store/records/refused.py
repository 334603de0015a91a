"""What people refused, as it is kept; read as the search reads, without heavy imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from invoicewatch.records import Box, Refusal
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.times import parse_utc


@dataclass(frozen=True, slots=True)
class KeptRefusal:
    """A refusal with who entered it, and who withdrew it; it stands while nobody has."""

    id: int
    refusal: Refusal
    who: str
    entered: datetime
    withdrawn_by: str | None = None
    withdrawn: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it is respected."""
        return self.withdrawn is None


def read_refusals(reader: Rows, invoice_id: int) -> tuple[KeptRefusal, ...]:
    """All refusals of a record in the order of entry, the withdrawn ones too."""
    rows = reader.rows("SELECT * FROM refused_edit WHERE invoice_id = ? ORDER BY id", (invoice_id,))
    return tuple(
        KeptRefusal(
            row["id"],
            Refusal(row["page"], row["before"], row["after"], Box(row["x0"], row["y0"], row["x1"], row["y1"])),
            row["who"],
            parse_utc(row["entered"]),
            row["withdrawn_by"],
            None if row["withdrawn"] is None else parse_utc(row["withdrawn"]),
        )
        for row in rows
    )


def read_refused(reader: Rows, sha256: str) -> tuple[Refusal, ...]:
    """What stands refused in all records of a file."""
    rows = reader.rows(
        "SELECT DISTINCT invoice_id FROM refused_edit JOIN invoice ON invoice.id = invoice_id"
        " WHERE sha256 = ? AND withdrawn IS NULL",
        (sha256,),
    )
    kept = (each for row in rows for each in read_refusals(reader, row["invoice_id"]))
    return tuple(each.refusal for each in kept if each.stands)

"""What is found, as a file to download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from invoicewatch.answers.export.formats import Format
from invoicewatch.errors import TransientError
from invoicewatch.store.search.query_text import QueryError
from invoicewatch.web.guard.visitor import AnyReader, get_site
from invoicewatch.web.pages.find.box import Text, read_box
from invoicewatch.web.pages.find.export_apart import write_export

router = APIRouter(include_in_schema=False)

MOST = 100_000
FORMATS = {Format.CSV: "CSV", Format.XLSX: "Excel", Format.JSON: "JSON", Format.SQLITE: "SQLite"}
_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHUNK = 1 << 16


@router.get("/search/export")
def export(
    request: Request, visitor: AnyReader, q: Text = "", kind: Format = Format.CSV, *, lines: bool = False
) -> StreamingResponse:
    """The records that a query finds; with ``lines`` their lines of goods, where a file holds one table."""
    del visitor
    box = read_box(q)
    if box.asked is None:
        raise QueryError(box.problem, remedy=box.remedy)
    site = get_site(request)
    if not site.exporting.acquire(blocking=False):
        raise TransientError("another export is being written", remedy="Try again in a minute.", code="busy")
    try:
        file = write_export(site.state_dir, box.text, box.today, kind, most=MOST, lines=lines)
    finally:
        site.exporting.release()
    headers = {"Content-Disposition": f'attachment; filename="invoices-{box.today}.{kind}"'}
    media_type = _TYPES.get(kind, "application/octet-stream")
    return StreamingResponse(read_file(file), headers=headers, media_type=media_type)


def read_file(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a file in pieces; it is closed after them."""
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk

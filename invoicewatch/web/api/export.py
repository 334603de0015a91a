"""Many records in one file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response, StreamingResponse

from invoicewatch.answers.export.formats import Format
from invoicewatch.answers.find.filters import make_query, today_here
from invoicewatch.store.search.filters import Filters
from invoicewatch.web.api.described import refusals
from invoicewatch.web.guard.caller import Described, MayRead, TokenRoute
from invoicewatch.web.guard.visitor import get_site
from invoicewatch.web.pages.find.export import read_file
from invoicewatch.web.pages.find.export_apart import write_export

router = APIRouter(prefix="/api/v1", tags=["records"], route_class=TokenRoute, dependencies=[Described])

_MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.SQLITE: "application/vnd.sqlite3",
}
_BINARY = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
_CONTENT = dict.fromkeys(_MEDIA_TYPES.values(), _BINARY) | {
    "text/csv": {"schema": {"type": "string"}},
    "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
}
_ALL = 2**62


class FileFormat(StrEnum):
    """What kind of file."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SQLITE = "sqlite"


@router.get(
    "/export",
    response_class=Response,
    responses={200: {"description": "The file.", "content": _CONTENT}, **refusals()},
)
def export(
    request: Request,
    caller: MayRead,
    *,
    format: FileFormat = FileFormat.CSV,  # noqa: A002 - the name in the address
    q: Annotated[str, Query(max_length=1000, description="Which records, as `search` takes it; empty: all.")] = "",
    lines: Annotated[bool, Query(description="The lines of the records instead (CSV and JSON).")] = False,
) -> StreamingResponse:
    """All records that a search finds as a file, newest first."""
    del caller
    kind, today, site = Format(format.value), today_here(), get_site(request)
    make_query(q, Filters(), today)  # what cannot be understood is refused here
    if not site.exporting.acquire(blocking=False):
        raise HTTPException(429, "Another export is being written.", {"Retry-After": "5"})
    try:
        file = write_export(site.state_dir, q, today, kind, most=_ALL, lines=lines)
    finally:
        site.exporting.release()
    headers = {"Content-Disposition": f'attachment; filename="invoices.{kind}"'}
    return StreamingResponse(read_file(file), headers=headers, media_type=_MEDIA_TYPES[kind])

"""Many records in one file."""

from __future__ import annotations

import tempfile
import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from invoicewatch.answers.export.formats import Format, export_records
from invoicewatch.answers.find.filters import make_query, today_here
from invoicewatch.store.search.filters import Filters
from invoicewatch.web.api.described import refusals
from invoicewatch.web.guard.caller import Described, MayRead, TokenRoute
from invoicewatch.web.guard.visitor import get_site

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
_ONE_AT_A_TIME = threading.Lock()


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
) -> FileResponse:
    """All records that a search finds as a file, newest first."""
    del caller
    kind = Format(format.value)
    query = make_query(q, Filters(), today_here())
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        raise HTTPException(429, "Another export is being written.", {"Retry-After": "5"})
    folder = tempfile.TemporaryDirectory(prefix="invoicewatch-export-")
    path = Path(folder.name, f"invoices.{kind}")
    try:
        export_records(get_site(request).state_dir, query, kind, path, lines=lines)
    except BaseException:
        folder.cleanup()
        raise
    finally:
        _ONE_AT_A_TIME.release()
    return FileResponse(
        path, media_type=_MEDIA_TYPES[kind], filename=path.name, background=BackgroundTask(folder.cleanup)
    )

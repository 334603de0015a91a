"""Pages of documents as pictures, the words on them, and originals to download."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from invoicewatch.answers.records.find import find_original, open_original, read_invoice
from invoicewatch.answers.records.words import find_page_words
from invoicewatch.web.guard.visitor import AnyReader, get_site

router = APIRouter(include_in_schema=False)

WIDTHS = (400, 1000, 1500, 2400)
"""Pixels; few, so that what was drawn once serves often."""
# A page is the same for ever, but who was let in may be shut out, and what was recorded may be erased.
_CACHED = "private, max-age=600"
_MOST_PAGES = 1_000_000
_CHUNK = 1 << 16


@router.get("/record/{number}/page/{page}")
def send_page(
    request: Request, visitor: AnyReader, number: int, page: int, width: Annotated[int, Query(ge=1)] = 1000
) -> Response:
    """A page of a record's file as WebP, turned as it was read, at the least of a few widths that is enough."""
    del visitor
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    original = find_original(stored)
    if original is None or not 1 <= page <= _MOST_PAGES:
        raise HTTPException(404, "The original is gone.")
    chosen = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
    words = find_page_words(site.state_dir, stored.id, page)
    turns = words.turns if words else 0
    picture = site.painter.ask(
        "draw_page", path=str(original), sha256=stored.machine.sha256, page=page, width=chosen, turns=turns
    )
    return Response(picture, media_type="image/webp", headers={"Cache-Control": _CACHED})


@router.get("/record/{number}/page/{page}/words")
def send_words(request: Request, visitor: AnyReader, number: int, page: int) -> JSONResponse:
    """The words of a page in reading order, each with its box in fractions of the picture; 404 where none are kept."""
    del visitor
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    kept = find_page_words(site.state_dir, stored.id, page) if 1 <= page <= _MOST_PAGES else None
    if kept is None:
        raise HTTPException(404, "No words are kept of this page.")
    words = [[*box, word] for line in kept.list_lines() for word, box in line]
    return JSONResponse({"turns": kept.turns, "words": words})


@router.get("/record/{number}/original")
def send_original(request: Request, visitor: AnyReader, number: int) -> Response:
    """The file itself, to keep and never to show: what is in it is not ours."""
    del visitor
    original = open_original(read_invoice(get_site(request).state_dir, str(number)))
    if original is None:
        raise HTTPException(404, "The original is gone.")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(Path(original.name).name, errors='replace')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Length": str(os.fstat(original.fileno()).st_size),
    }
    return StreamingResponse(_read(original), headers=headers, media_type="application/octet-stream")


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk

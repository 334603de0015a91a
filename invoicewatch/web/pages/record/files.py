"""Files inside a document, to keep and never to show; and the document as a page to read and print."""

from __future__ import annotations

import base64
import hashlib
import pickle
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from invoicewatch.answers.paper.elements import STYLE
from invoicewatch.answers.records.find import find_original, read_invoice
from invoicewatch.store.records.query import StoredInvoice
from invoicewatch.web.guard.visitor import AnyReader, get_site

router = APIRouter(include_in_schema=False, prefix="/record")

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# What an XML says stands on this page: it may do nothing, and only our style counts.
PAPER_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox"
)


@router.get("/{number}/attachment/{position}")
def send_attachment(request: Request, visitor: AnyReader, number: int, position: int) -> Response:
    """A file inside a document, by its position (from 0) among those that the record names."""
    del visitor
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    attached = stored.machine.attachments
    if not 0 <= position < len(attached):
        raise HTTPException(404)
    path = _find_original(stored)
    name = attached[position].name
    content = site.painter.ask("take_attachment", path=str(path), sha256=stored.machine.sha256, name=name)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(_last_name(name), errors='replace')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/{number}/paper")
def send_paper(request: Request, visitor: AnyReader, number: int) -> Response:
    """A record as a page of its own, an e-invoice with its XML."""
    del visitor
    site = get_site(request)
    stored = read_invoice(site.state_dir, str(number))
    page = site.painter.ask("write_paper", record=base64.b64encode(pickle.dumps(stored)).decode())
    headers = {"Content-Security-Policy": PAPER_POLICY}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def _find_original(stored: StoredInvoice) -> Path:
    path = find_original(stored)
    if path is None:
        raise HTTPException(404, "The original is gone.")
    return path


def _last_name(name: str) -> str:
    r"""The name without folders, whatever parts them where it was made.

    >>> _last_name("a/b.xml"), _last_name("..\\evil.exe"), _last_name("/")
    ('b.xml', 'evil.exe', 'attachment')
    """
    return PurePosixPath(name.replace("\\", "/")).name or "attachment"

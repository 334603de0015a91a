"""The OpenAPI document: what the routes of the API say of themselves, and the types that they answer with."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse

from invoicewatch import __version__
from invoicewatch.records.contract.record import ShownJson
from invoicewatch.web.api.schemas import make_components, refer_to
from invoicewatch.web.api.shapes import FollowedJson, FoundJson, ProblemJson, ReceivedJson
from invoicewatch.web.guard.caller import find_caller
from invoicewatch.web.guard.visitor import find_visitor

router = APIRouter(include_in_schema=False)

_SHAPES = (ShownJson, FoundJson, ProblemJson, ReceivedJson, FollowedJson)
_MEANINGS = {
    400: "It is no form, or breaks off.",
    401: "Without a token, or with one that is not good (any more).",
    404: "There is no such thing, or the token is not good for it.",
    408: "It took too long.",
    409: "The document is in the daemon's hands.",
    412: "The record was changed since.",
    413: "Too large.",
    415: "Of no type that is read.",
    422: "It cannot be understood.",
    428: "A change needs the header `If-Match`.",
    429: "Too often; the header `Retry-After` says how many seconds to wait.",
    503: "The database or the disk is busy or full; try again.",
    507: "The disk is full.",
}
_ALWAYS = (401, 404, 422, 429, 503)


def answers(shape: Any, status: int = 200, *, meaning: str = "Done.", errors: tuple[int, ...] = ()) -> Any:
    """What a route says of its answers: JSON of a type, or an error."""
    content = {"application/json": {"schema": refer_to(shape)}}
    return {status: {"description": meaning, "content": content}, **refusals(*errors)}


def refusals(*more: int) -> dict[int | str, Any]:
    """What a route says of the errors that every one has, and of ``more``."""
    content = {"application/problem+json": {"schema": refer_to(ProblemJson)}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in sorted({*_ALWAYS, *more})}


@router.get("/api/v1/openapi.json")
def describe(request: Request) -> JSONResponse:
    """The document, for whoever is in: a program by its token, a person by their session."""
    if find_visitor(request) is None:
        find_caller(request)
    state = request.app.state
    if not hasattr(state, "api_document"):
        state.api_document = make_document(request.app.routes)
    return JSONResponse(state.api_document)


def make_document(routes: Any) -> dict[str, Any]:
    """The document of those of ``routes`` that belong into it."""
    document = get_openapi(
        title="invoicewatch",
        version=__version__,
        openapi_version="3.1.0",
        summary="Invoices and receipts, read and searchable.",
        description="Records are what `--json` prints (docs/json.md), errors problem+json with the codes of"
        " docs/errors.md. Money is plain decimal as text, dates are ISO 8601.",
        routes=routes,
    )
    components = document.setdefault("components", {})
    components["schemas"] = {**components.get("schemas", {}), **make_components(_SHAPES)}
    return document

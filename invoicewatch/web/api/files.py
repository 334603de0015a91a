"""Files: hand them in, and follow them until they are records."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from invoicewatch.answers.runs.handed import HandedIn, find_handed, note_handed
from invoicewatch.errors import InvoicewatchError
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.web.api.described import answers
from invoicewatch.web.api.shapes import FollowedJson, HandedJson, ReceivedJson, RefusedJson
from invoicewatch.web.guard.caller import Caller, Described, MaySubmit, TokenRoute
from invoicewatch.web.guard.refusals import find_status, make_problem
from invoicewatch.web.guard.uploads import TooManyError
from invoicewatch.web.guard.visitor import get_site
from invoicewatch.web.pages.inbox.made import InboxTools, get_tools
from invoicewatch.web.pages.inbox.receive import Received

router = APIRouter(prefix="/api/v1", tags=["files"], route_class=TokenRoute, dependencies=[Described])

_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {
                        "type": "array",
                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "description": "One file or more, each a part with a file name.",
                    }
                },
                "required": ["file"],
            }
        }
    },
}


@router.post(
    "/files",
    status_code=201,
    responses=answers(ReceivedJson, 201, meaning="All were taken.", errors=(400, 408, 413, 415, 507)),
    openapi_extra={"requestBody": _BODY},
)
async def hand_in(
    request: Request,
    caller: MaySubmit,
    tools: Annotated[InboxTools, Depends(get_tools)],
    inbox: Annotated[str, Query(max_length=4096, description="Which of `[paths] inboxes`; empty: the first.")] = "",
) -> Response:
    """Hand files in; the daemon takes them up. Where one is refused the status says why, and the body which."""
    after = await run_in_threadpool(tools.watch.look_newest)
    received = await tools.receiver.receive(request, caller.token.person.id, lambda _: None, inbox)
    if not received:
        return make_problem(422, "there is no file in it", "Send the files as parts of multipart/form-data.")
    site, doer = get_site(request), caller.make_doer(request)
    taken = [each for each in received if each.refusal is None]
    await run_in_threadpool(note_handed, site.state_dir, [each.sha256 for each in taken], doer)
    values: ReceivedJson = {
        "files": [_describe(caller, each, after) for each in taken],
        "refused": [_describe_refused(each.given, each.refusal) for each in received if each.refusal is not None],
    }
    refused = next((each.refusal for each in received if each.refusal is not None), None)
    if refused is None:
        first = values["files"][0]["id"]
        headers = {"Location": f"/api/v1/files/{first}"} if len(taken) == 1 else {}
        return Response(dump_json(values), 201, headers, "application/json")
    problem = make_problem(find_status(refused), refused.message, refused.remedy, refused.code, **values)
    if isinstance(refused, TooManyError):
        problem.headers["Retry-After"] = str(refused.wait_s)
    return problem


@router.get("/files/{key}", responses=answers(FollowedJson))
def follow(
    request: Request, caller: MaySubmit, key: Annotated[str, InPath(max_length=4096, description="Its `id`.")]
) -> Response:
    """Where a file is on its way. Only the token that handed it in can ask."""
    handed = _read_key(caller, key)
    if handed is None:
        raise HTTPException(404)
    found = find_handed(get_site(request).state_dir, handed)
    values: FollowedJson = {
        "name": make_encodable(handed.name),
        "state": found.state,
        "done": found.done,
        "records": list(found.records),
        "error": None
        if not found.error_code
        else {"code": found.error_code, "message": found.error_message, "remedy": found.error_remedy},
    }
    if found.records:
        values["next"] = f"/api/v1/records/{found.records[0]}"
    return Response(dump_json(values), media_type="application/json")


def _describe(caller: Caller, received: Received, after: int) -> HandedJson:
    handed = HandedIn(received.inbox, received.name, received.sha256, after)
    return {
        "given": make_encodable(received.given),
        "id": _write_key(caller, handed),
        "name": make_encodable(received.name),
        "sha256": received.sha256,
    }


def _describe_refused(given: str, refusal: InvoicewatchError) -> RefusedJson:
    return {
        "given": make_encodable(given),
        "code": refusal.code,
        "message": make_encodable(refusal.message),
        "remedy": refusal.remedy,
    }


def _write_key(caller: Caller, handed: HandedIn) -> str:
    """All that is needed to follow a file, signed with the token: nothing of it is kept here."""
    words = json.dumps([handed.inbox, handed.name, handed.sha256, handed.after]).encode()
    return base64.urlsafe_b64encode(_sign(caller, words) + words).decode().rstrip("=")


def _read_key(caller: Caller, key: str) -> HandedIn | None:
    try:
        found = base64.b64decode(key.encode("ascii") + b"=" * (-len(key) % 4), altchars=b"-_", validate=True)
    except (UnicodeError, binascii.Error):
        return None
    signature, words = found[:16], found[16:]
    if not hmac.compare_digest(signature, _sign(caller, words)):
        return None
    values: list[Any] = json.loads(words)
    return HandedIn(*values)


def _sign(caller: Caller, words: bytes) -> bytes:
    key = hashlib.sha256(b"follow " + caller.secret.encode()).digest()
    return hmac.digest(key, words, "sha256")[:16]

"""What changes in the inbox, told as it happens: server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated

import anyio
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from invoicewatch.web.guard.visitor import LoginNeededError, Visitor, get_site
from invoicewatch.web.pages.inbox.made import InboxTools, get_tools, list_shown, make_values
from invoicewatch.web.pages.shown import get_pages
from invoicewatch.web.people.sessions import find_session

if TYPE_CHECKING:
    from invoicewatch.answers.runs.watch import Followed, Moment

router = APIRouter(include_in_schema=False)

EVERY_S = 1.0
_BEAT_S = 15.0
_ASK_WHO_S = 5.0
_MOST_STREAMS = 4
_RECONNECT_MS = 2000


@router.get("/inbox/events")
async def send_events(request: Request, tools: Annotated[InboxTools, Depends(get_tools)], after: str = "") -> Response:
    """All changes from ``after`` (or the header ``Last-Event-ID``) on, for as long as the session lasts.

    Looking on is no use of a session: one that is only listened to ends in its time.
    """
    visitor = await run_in_threadpool(_find_listener, request)
    if visitor is None:
        raise LoginNeededError("/inbox")
    if not visitor.may("editor"):
        raise HTTPException(404)
    if tools.streams.get(visitor.person.id, 0) >= _MOST_STREAMS:
        raise HTTPException(429, "This page is open too often.")
    last = _find_place(tools, request.headers.get("last-event-id") or after)
    return StreamingResponse(
        _tell(request, tools, visitor, last), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


def _find_listener(request: Request) -> Visitor | None:
    site = get_site(request)
    secret = request.cookies.get(site.cookie)
    session = find_session(site.people, secret, site.now_s(), idle_s=site.idle_s, used=False) if secret else None
    return Visitor(session.person, session.key) if session else None


def _find_place(tools: InboxTools, text: str) -> int | None:
    """The number up to which all was told; None where that is not known, and everything is to be told."""
    name, _, number = text.partition(".")
    if name != tools.watch.name or not (number.isascii() and number.isdigit()):
        return None
    return int(number[:15])


async def _tell(request: Request, tools: InboxTools, visitor: Visitor, last: int | None) -> AsyncIterator[str]:
    stopping = get_site(request).stopping
    asked_s = told_s = time.monotonic()
    with _count(tools.streams, visitor.person.id):
        yield f"retry: {_RECONNECT_MS}\n\n"
        while not stopping.is_set():
            now_s = time.monotonic()
            if now_s >= asked_s + _ASK_WHO_S:
                asked_s, found = now_s, await run_in_threadpool(_find_listener, request)
                if found is None or not found.may("editor"):
                    yield _write("end", "", "")
                    return
            moment = await run_in_threadpool(tools.watch.look)
            if moment.number != last:
                data = await run_in_threadpool(partial(_describe, request, tools, visitor, moment, last))
                yield _write("change", f"{tools.watch.name}.{moment.number}", data)
                last, told_s = moment.number, now_s
            elif now_s >= told_s + _BEAT_S:
                yield _write("beat", "", "")
                told_s = now_s
            await anyio.sleep(EVERY_S)


@contextmanager
def _count(streams: dict[int, int], person_id: int) -> Iterator[None]:
    streams[person_id] = streams.get(person_id, 0) + 1
    try:
        yield
    finally:
        streams[person_id] -= 1


def _describe(request: Request, tools: InboxTools, visitor: Visitor, moment: Moment, last: int | None) -> str:
    """What changed, as the pieces of the page that take the place of older ones."""
    if last is None or last > moment.number:
        rows = [followed for shown in list_shown(moment).values() for followed in reversed(shown)]
        gone, everything, health = [], True, True
    else:
        rows, everything, health = moment.since(last), False, moment.health_changed > last
        gone = [key for key, number in moment.gone.items() if number > last]

    def draw(template: str, files: list[Followed]) -> str:
        values = make_values(request, tools, moment) | {"files": files}
        return bytes(get_pages(request).show(request, template, values, visitor).body).decode()

    return json.dumps(
        {
            "all": everything,
            "rows": draw("inbox/rows.html", rows) if rows else "",
            "gone": gone,
            "health": draw("inbox/health.html", []) if health else "",
        }
    )


def _write(event: str, number: str, data: str) -> str:
    """One event; JSON has no line breaks of its own."""
    return f"event: {event}\n" + (f"id: {number}\n" if number else "") + f"data: {data}\n\n"

"""What only the API says, as types; records are those of ``records.contract``."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from invoicewatch.records.contract.lists import HitJson
from invoicewatch.records.contract.record import FailureJson


class ProblemJson(TypedDict):
    """An error (RFC 9457)."""

    type: Annotated[str, "Always `about:blank`."]
    title: Annotated[str, "The status in words."]
    status: Annotated[int, "The status of the answer."]
    detail: Annotated[str, "What happened, for people; may change."]
    code: Annotated[str, "One of docs/errors.md where this program refuses; else the status in lower case."]
    remedy: Annotated[str, "What to do, for people; may be empty."]


class FoundJson(TypedDict):
    """Some of the records that were asked for."""

    records: Annotated[list[HitJson], "In the order that was asked for."]
    next: Annotated[str | None, "The path of what follows; null: nothing does. Also in the header `Link`."]
    complete: Annotated[bool, "All records were looked at. False: too many match; narrow it down, or export."]


class HandedJson(TypedDict):
    """A file that was handed in."""

    given: Annotated[str, "What whoever sent it calls it."]
    id: Annotated[str, "Follows it: `/api/v1/files/{id}`, with the token that handed it in."]
    name: Annotated[str, "What it is called in the inbox."]
    sha256: Annotated[str, "Of its bytes, in hexadecimal."]


class RefusedJson(TypedDict):
    """A file that was not taken."""

    given: Annotated[str, "What whoever sent it calls it."]
    code: Annotated[str, "One of docs/errors.md."]
    message: Annotated[str, "Why, for people; may change."]
    remedy: Annotated[str, "What to do, for people; may be empty."]


class ReceivedJson(TypedDict):
    """What became of the files of one request."""

    files: Annotated[list[HandedJson], "Those that lie in the inbox now."]
    refused: Annotated[list[RefusedJson], "Those that were not taken."]


class FollowedJson(TypedDict):
    """Where a file is on its way."""

    name: Annotated[str, "What it is called in the inbox."]
    state: Annotated[
        str,
        "`handed_in` (no daemon has seen it yet), `seen`, `settled`, `claimed`, `working`, `waiting`, `recorded`,"
        " `filed`, `duplicate`, `set_aside` or `gone` (docs/state.md).",
    ]
    done: Annotated[bool, "Nothing more will happen by itself."]
    records: Annotated[list[int], "The records that it became; of a duplicate those of the same bytes."]
    error: Annotated[FailureJson | None, "Why it failed, or waits; else null."]
    next: NotRequired[Annotated[str, "The path of the first of the records."]]

"""What a notice carries: one JSON object to a command's standard input, or as the body of a webhook's request."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from invoicewatch.records.contract.record import AlarmJson, FailureJson, PartJson


class TroubleJson(TypedDict):
    """`trouble`: the daemon cannot do its work, or a part of it."""

    schema: Annotated[int, "1."]
    event: Annotated[str, "`trouble`."]
    time: Annotated[str, "When, in UTC, ISO 8601 with milliseconds."]
    message: Annotated[str, "What, for people."]
    notice: Annotated[str, "Names the notice; the same in every attempt to deliver it."]


class ToldFieldJson(TypedDict):
    """A field, without its evidence."""

    value: Annotated[str, "As in a record."]
    confidence: Annotated[float, "From 0 to 1."]
    verified: Annotated[bool, "Proved."]
    doubtful: Annotated[bool, "A guess: neither proved nor certain enough."]


class RecordedJson(TypedDict):
    """`recorded` and `needs_review`: a document was read and recorded. Its text is never sent."""

    schema: Annotated[int, "1."]
    event: Annotated[str, "`recorded` or `needs_review`."]
    time: Annotated[str, "When, in UTC, ISO 8601 with milliseconds."]
    path: Annotated[str, "Where the file lay in the inbox."]
    inbox: Annotated[str, "The inbox."]
    id: Annotated[int, "The record's number."]
    status: Annotated[str, "As in a record."]
    reasons: Annotated[list[str], "Why a person should look, for people."]
    alarms: Annotated[list[AlarmJson], "As in a record."]
    fields: Annotated[dict[str, ToldFieldJson | None], "Every field by its name; null where not found."]
    part: NotRequired[Annotated[PartJson, "Its pages; only where the file was split."]]
    notice: Annotated[str, "Names the notice; the same in every attempt to deliver it."]


class FailedJson(TypedDict):
    """`failed`: a document cannot be read, and is set aside."""

    schema: Annotated[int, "1."]
    event: Annotated[str, "`failed`."]
    time: Annotated[str, "When, in UTC, ISO 8601 with milliseconds."]
    path: Annotated[str, "Where the file lay in the inbox."]
    inbox: Annotated[str, "The inbox."]
    id: Annotated[int | None, "The record's number; null: it was not even copied."]
    status: Annotated[str, "`failed`."]
    error: Annotated[FailureJson, "Why."]
    notice: Annotated[str, "Names the notice; the same in every attempt to deliver it."]

"""An event as a person reads it on a desktop or in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from invoicewatch.daemon.tell.event import Event, Kind

_TITLES = {
    Kind.RECORDED: "Recorded",
    Kind.NEEDS_REVIEW: "Needs your eye",
    Kind.FAILED: "Could not be read",
    Kind.TROUBLE: "Trouble",
}


def make_title(event: Event) -> str:
    """One line: what happened, and to which document."""
    name = PurePath(str(event.payload.get("path", ""))).name
    return _flatten(f"invoicewatch: {_TITLES[event.kind]}{f': {name}' if name else ''}")


def make_body(event: Event) -> str:
    """A few lines: the figures, why, and what to do."""
    payload = event.payload
    match event.kind:
        case Kind.TROUBLE:
            lines = [payload["message"]]
        case Kind.FAILED:
            lines = [payload["error"]["message"], payload["error"]["remedy"]]
        case _:
            lines = [_sum_up(payload["fields"]), *payload["reasons"], _list_guesses(payload["fields"])]
    if payload.get("id") is not None:
        lines.append(f"invoicewatch show {payload['id']}")
    return "\n".join(_flatten(line) for line in lines if line)


def _sum_up(fields: Mapping[str, Mapping[str, Any] | None]) -> str:
    names = ("seller_name", "invoice_number", "issue_date", "total", "currency")
    return " ".join(str(field["value"]) for name in names if (field := fields.get(name)))


def _list_guesses(fields: Mapping[str, Mapping[str, Any] | None]) -> str:
    names = (name.replace("_", " ") for name, field in fields.items() if field and field["doubtful"])
    listed = ", ".join(names)
    return f"a guess: {listed}" if listed else ""


def _flatten(text: str) -> str:
    """One line without control characters: what a document says must not shape a mail's header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

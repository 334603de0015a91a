"""A form with files (multipart/form-data, RFC 7578), as it comes in: no file is ever in memory as a whole."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from fastapi import Request

LONGEST_FIELD_BYTES = 4096
_LONGEST_SILENCE_S = 30.0
_LONGEST_HEADER_BYTES = 4096
_MOST_HEADERS = 8
_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Field:
    """A field that is no file."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FileBegins:
    """A file, by the name that its sender gives it; its bytes follow, and then :class:`FileEnds`."""

    field: str
    name: str


class FileEnds:
    """All bytes of the file were there."""


Event = Field | FileBegins | FileEnds | bytes


async def read_parts(request: Request) -> AsyncIterator[Event]:
    """What a form holds, in the order in which it comes; bytes are a piece of the file that has begun.

    Raises:
        HTTPException: It is no such form (400), breaks off (400), or nothing comes for half a minute (408).
    """
    kind, options = parse_options_header(request.headers.get("content-type", "")[:_LONGEST_HEADER_BYTES])
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise HTTPException(400, "This is no form with files.")
    try:
        parts = _Parts(boundary)
        stream = request.stream().__aiter__()
        while not parts.ended and (piece := await _receive(stream)):
            for event in parts.feed(piece):
                yield event
        parts.end()
    except (FormParserError, ClientDisconnect) as exc:
        raise HTTPException(400, "The form breaks off.") from exc


async def _receive(stream: AsyncIterator[bytes]) -> bytes:
    """The next piece that holds anything; nothing at the end."""
    try:
        with anyio.fail_after(_LONGEST_SILENCE_S):
            async for piece in stream:
                if piece:
                    return piece
    except TimeoutError as exc:
        raise HTTPException(408, "Nothing came for too long.") from exc
    return b""


class _Parts:
    """Turns the calls of the parser into events."""

    def __init__(self, boundary: bytes) -> None:
        self._events: list[Event] = []
        self._name, self._value = b"", b""
        self._disposition = b""
        self._field: str | None = None
        self._fields = 0
        self._text = bytearray()
        self.ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._add_header_name,
                "on_header_value": self._add_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._add_data,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
            max_header_count=_MOST_HEADERS,
            max_header_size=_LONGEST_HEADER_BYTES,
        )
        # It would log pieces of what it does not understand.
        logging.getLogger("python_multipart.multipart").disabled = True

    def feed(self, piece: bytes) -> list[Event]:
        self._parser.write(piece)
        events, self._events = self._events, []
        return events

    def end(self) -> None:
        """Raises FormParserError unless the form has ended, too."""
        self._parser.finalize()
        if not self.ended:
            raise FormParserError

    def _begin(self) -> None:
        self._disposition, self._field, self._text = b"", None, bytearray()

    def _add_header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _add_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._disposition = self._value
        self._name, self._value = b"", b""

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            self._events.append(FileBegins(field, options[b"filename"].decode("utf-8", "replace")))
        else:
            self._field = field
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                raise HTTPException(400, "The form has too many fields.")

    def _add_data(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            self._events.append(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > LONGEST_FIELD_BYTES:
            raise HTTPException(400, "A field is too long.")

    def _end_part(self) -> None:
        if self._field is None:
            self._events.append(FileEnds())
        else:
            self._events.append(Field(self._field, self._text.decode("utf-8", "replace")))

    def _end(self) -> None:
        self.ended = True

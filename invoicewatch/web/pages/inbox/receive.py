"""Take in the files of a form, one after the other, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import anyio
from starlette.exceptions import HTTPException

from invoicewatch.answers.runs.desk import Desk, HandedFile
from invoicewatch.errors import InvoicewatchError
from invoicewatch.web.guard.parts import Field, FileBegins, FileEnds, read_parts
from invoicewatch.web.guard.uploads import Uploads

if TYPE_CHECKING:
    from fastapi import Request

T = TypeVar("T")

LONGEST_S = 900.0
_PIECE_BYTES = 1 << 20
_THREADS = 8


@dataclass(frozen=True, slots=True)
class Received:
    """A file as its sender calls it: what it is called in the inbox, or why it is not there."""

    given: str
    inbox: str = ""
    name: str = ""
    sha256: str = ""
    refusal: InvoicewatchError | None = None


class Receiver:
    """Takes files in; one per app. Writing is done in a few threads of its own: a disk that hangs holds no page up."""

    def __init__(self, desk: Desk, uploads: Uploads) -> None:
        self._desk = desk
        self._uploads = uploads
        self._threads = anyio.CapacityLimiter(_THREADS)

    async def receive(
        self, request: Request, person_id: int, check: Callable[[dict[str, str]], None], inbox: str | None = None
    ) -> list[Received]:
        """What became of each file of a form.

        Args:
            request: Its body is the form. Fields count only where they stand before the files.
            person_id: Whose files they are.
            check: Called with the fields before a file is taken; raises what refuses the form.
            inbox: Where to; by default the form's field ``inbox`` says so.

        Raises:
            HTTPException: It is no form, breaks off, takes longer than a quarter of an hour, or a file is far too long.
            TooManyError: That person hands in too much at a time.
        """
        with self._uploads.enter(person_id):
            try:
                with anyio.fail_after(LONGEST_S):
                    return await self._receive(request, person_id, check, inbox)
            except TimeoutError as exc:
                raise HTTPException(408, "That took too long.") from exc

    async def _receive(
        self, request: Request, person_id: int, check: Callable[[dict[str, str]], None], inbox: str | None
    ) -> list[Received]:
        fields: dict[str, str] = {}
        received: list[Received] = []
        taking: _Taking | None = None
        try:
            async for event in read_parts(request):
                if isinstance(event, Field):
                    fields.setdefault(event.name, event.value)
                elif isinstance(event, FileBegins):
                    check(fields)
                    taking = _Taking(event.name)
                    if event.name:  # a form in which nothing was chosen sends a file without a name
                        where = fields.get("inbox", "") if inbox is None else inbox
                        await self._begin(taking, person_id, where)
                elif isinstance(event, FileEnds):
                    assert taking is not None, "a file that ends has begun"
                    received += await self._end(taking)
                    taking = None
                elif taking is not None:
                    await self._add(taking, event)
        finally:
            if taking is not None and taking.file is not None:
                with anyio.CancelScope(shield=True):
                    await self._run(taking.file.drop)
        check(fields)
        return received

    async def _begin(self, taking: _Taking, person_id: int, inbox: str) -> None:
        try:
            self._uploads.count(person_id)
            taking.file = await self._run(partial(self._desk.begin, inbox, taking.given))
        except InvoicewatchError as exc:
            taking.refusal = exc

    async def _add(self, taking: _Taking, piece: bytes) -> None:
        taking.bytes += len(piece)
        if taking.bytes > 2 * self._desk.most_bytes:  # one that is too long is received to its end, up to here
            raise HTTPException(413, "Too large.")
        taking.waiting += piece
        if len(taking.waiting) >= _PIECE_BYTES:
            await self._write(taking)

    async def _write(self, taking: _Taking) -> None:
        """Write what has gathered; of a file that is refused the rest is received and let go."""
        piece, taking.waiting = bytes(taking.waiting), bytearray()
        if taking.file is None or not piece:
            return
        try:
            await self._run(partial(taking.file.write, piece))
        except InvoicewatchError as exc:
            await self._refuse(taking, exc)

    async def _end(self, taking: _Taking) -> list[Received]:
        await self._write(taking)
        if taking.file is not None:
            try:
                name = await self._run(taking.file.finish)
                return [Received(taking.given, taking.file.inbox, name, taking.file.sha256)]
            except InvoicewatchError as exc:
                await self._refuse(taking, exc)
        return [Received(taking.given, refusal=taking.refusal)] if taking.refusal else []

    async def _refuse(self, taking: _Taking, exc: InvoicewatchError) -> None:
        assert taking.file is not None, "what is refused here was begun"
        await self._run(taking.file.drop)
        taking.file, taking.refusal = None, exc

    async def _run(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


class _Taking:
    """The file that is being received."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.file: HandedFile | None = None
        self.refusal: InvoicewatchError | None = None
        self.waiting = bytearray()
        self.bytes = 0

"""What the head and its bridge say to each other: frames of a length and MessagePack, read into these types alone."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

MAX_TO_BRIDGE = 1 << 30
MAX_TO_HEAD = 128 << 20
_LENGTH = struct.Struct(">I")


class WireError(Exception):
    """Bytes that the other side does not send."""


class _Message(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A message, told from others by the name of its type."""


class Connect(_Message, frozen=True):
    """To the bridge, first: which scheduler, by which certificate, and after how many seconds of silence it is lost."""

    scheduler: str
    ca: str
    certificate: str
    key: str
    lost_after_s: float


class Hold(_Message, frozen=True):
    """To the bridge: content that tasks name, which goes to each machine once."""

    name: str
    content: bytes


class Drop(_Message, frozen=True):
    """To the bridge: no later task names this content."""

    name: str


class Run(_Message, frozen=True):
    """To the bridge: a task for one machine, with the names of its memory and its settings."""

    key: str
    machine: str
    memory: str
    settings: str
    content: bytes


class Load(_Message, frozen=True):
    """What a machine says of itself with every heartbeat: the stages of its tasks, and how many it has done."""

    stages: dict[str, str] = {}
    model_state: str = ""
    done: int = 0
    crashed: int = 0
    an_hour: float = 0.0


class Machine(_Message, frozen=True):
    """A worker of the cluster: a machine with its cores and versions."""

    address: str
    name: str
    cores: int
    versions: dict[str, str]
    load: Load


class Machines(_Message, frozen=True):
    """To the head, every second: who is there now."""

    items: tuple[Machine, ...]


class Begun(_Message, frozen=True):
    """To the head: a machine has handed the task to one of its processes."""

    key: str


class Done(_Message, frozen=True):
    """To the head: what the machine answered, unread."""

    key: str
    content: bytes


class Lost(_Message, frozen=True):
    """To the head: no answer will come. ``died``: the machine's process ended; else it is silent, or was left."""

    key: str
    died: bool
    why: str


class Gone(_Message, frozen=True):
    """To the head, last: the scheduler cannot be reached, and the bridge ends."""

    why: str


ToBridge = Connect | Hold | Drop | Run
ToHead = Machines | Begun | Done | Lost | Gone
_ENCODER = msgspec.msgpack.Encoder()


def write_frame(message: ToBridge | ToHead) -> bytes:
    """The message with its length before it."""
    content = _ENCODER.encode(message)
    return _LENGTH.pack(len(content)) + content


class Frames:
    """Takes bytes as they come and gives the messages in them; nothing longer than ``most`` bytes is kept."""

    def __init__(self, kind: Any, most: int) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._most = most
        self._buffer = bytearray()

    def take(self, content: bytes) -> Iterator[Any]:
        """The messages that are whole now. Raises WireError."""
        self._buffer += content
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > self._most:
                raise WireError(f"a message of {length:,} bytes")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            with memoryview(self._buffer) as view:
                frame = bytes(view[_LENGTH.size : end])
            del self._buffer[:end]
            try:
                yield self._decoder.decode(frame)
            except msgspec.DecodeError as exc:
                raise WireError(str(exc)) from exc

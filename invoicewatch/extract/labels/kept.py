"""What was made of the languages' files, kept as Python keeps bytecode: in ``__pycache__``, until a file changes."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

import msgspec

_HERE = Path(__file__).parent
Made = TypeVar("Made")


def load_kept(name: str, kind: type[Made], make: Callable[[], Made], by: str) -> Made:
    """What ``make`` makes of the files of this room: what is kept of it, unless one of them changed since.

    Args:
        name: Under which it is kept.
        kind: Its type, as msgspec knows types.
        make: Makes it anew; then it is kept if that is possible, and Python keeps bytecode.
        by: The file of the module that makes it: another one makes something else.
    """
    file = Path(cache_from_source(str(_HERE / f"{name}.py"))).with_suffix(".kept")
    mark = hashlib.sha256(_read_own_files() + Path(by).read_bytes()).digest()
    with suppress(OSError, msgspec.MsgspecError):
        kept = file.read_bytes()
        if kept.startswith(mark):
            return msgspec.msgpack.decode(memoryview(kept)[len(mark) :], type=kind)
    made = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # another user's folder
            _write(file, mark + msgspec.msgpack.encode(made))
    return made


@cache
def _read_own_files() -> bytes:
    files = sorted(each for each in _HERE.iterdir() if each.suffix in {".toml", ".py"})
    return b"".join(f"{each.name}\n".encode() + each.read_bytes() for each in files)


def _write(file: Path, content: bytes) -> None:
    """All of it or nothing, whoever else writes or reads it."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    file.parent.mkdir(exist_ok=True)
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)

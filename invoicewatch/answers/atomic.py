"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from invoicewatch.errors import ConfigError
from invoicewatch.intake.claim import sync_folder


@contextmanager
def replace_file(target: Path, mode: int = 0o640) -> Iterator[Path]:
    """A path to write to; when the block ends it is on the disk and takes ``target``'s place, if it raises it is gone.

    Raises:
        ConfigError: The folder is missing or cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as exc:
        remedy = "Check that the folder exists and that you may write there."
        raise ConfigError(f"cannot write {target}: {exc.strerror}", remedy=remedy) from exc
    os.close(handle)
    path = Path(name)
    # Some writers refuse a file that is there already.
    path.unlink()
    try:
        yield path
        _flush(path, mode)
        path.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


def _flush(path: Path, mode: int) -> None:
    path.chmod(mode)
    with path.open("rb") as written:
        os.fsync(written.fileno())

"""The files that a person named, without the daemon: found, read and identified; never moved or changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from invoicewatch.errors import DocumentError, TransientError
from invoicewatch.intake.scan import IsIgnored, make_ignore
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.records import Document

HEAD_BYTES = 65_536
# What calls itself a scan is taken even if it is not one, so that its owner is told what is wrong with it.
SCAN_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif", ".p7m"})
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to process in order, and how many files of the named folders are of no type that can be read."""

    files: tuple[Path, ...]
    left_out: int = 0


def find_inputs(paths: Sequence[Path], ignore: Sequence[str]) -> Inputs:
    """Expand folders, recursively and in the order of names; a file that is named itself is always taken.

    Args:
        paths: Files and folders; one that does not exist is taken too, and fails when it is read.
        ignore: Patterns of names that are passed over in folders, of files and of folders, as in an inbox.
    """
    is_ignored = make_ignore(ignore)
    files: list[Path] = []
    left_out = 0
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for found in _walk(path, is_ignored):
            if found.suffix.lower() in SCAN_SUFFIXES or _is_readable_type(found):
                files.append(found)
            else:
                left_out += 1
    return Inputs(tuple(dict.fromkeys(files)), left_out)


def read_document(path: Path, max_bytes: int) -> Document:
    """The document in a file.

    Raises:
        DocumentError: There is no such file, or it is larger than ``max_bytes``.
        TransientError: It cannot be read now.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise DocumentError(f"{path} is not a file", remedy="Name a file or a folder.", code="not_a_file")
        if size > max_bytes:
            raise DocumentError(
                f"{path} has {size:,} bytes, more than the {max_bytes:,} allowed",
                remedy="Raise max_bytes in [intake], or split the file.",
                code="too_large",
            )
        content = path.read_bytes()
    except FileNotFoundError as exc:
        raise DocumentError(f"there is no file {path}", remedy="Check the name.", code="not_found") from exc
    except OSError as exc:
        raise TransientError(f"cannot read {path}: {exc.strerror}", remedy="Check its permissions.") from exc
    digest = hashlib.sha256(content).hexdigest()
    return Document(os.fspath(path), content, digest, detect_media_type(content), datetime.now(UTC))


def _walk(folder: Path, is_ignored: IsIgnored) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(os.fsencode(name)))
        for name in sorted(names):
            path = Path(root, name)
            if not is_ignored(os.fsencode(name)) and path.is_file():
                yield path


def _is_readable_type(path: Path) -> bool:
    """Whether the file's first bytes are of a type known here; a file that cannot be opened is for later to report."""
    try:
        with path.open("rb") as handle:
            return detect_media_type(handle.read(HEAD_BYTES)) != UNKNOWN
    except OSError:
        return True

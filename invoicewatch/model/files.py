"""The model files in a folder: what each is, and whether it is what it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.errors import DependencyError
from invoicewatch.model.gguf import read_header
from invoicewatch.model.packaged import DEFAULT_MODEL

# The sums of files that this program fetches itself.
KNOWN_SHA256 = {DEFAULT_MODEL.file_name: DEFAULT_MODEL.sha256}
_SUM_SUFFIX = ".sha256"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One GGUF file; ``problem`` says why it cannot be used, or is empty. ``size`` is in bytes."""

    path: Path
    size: int
    architecture: str = ""
    quantization: str = ""
    licence: str = ""
    problem: str = ""


def list_models(folder: Path) -> Iterator[ModelFile]:
    """The GGUF files of a folder by name; of a split model its first part."""
    for path in sorted(folder.glob("*.gguf")):
        part = path.stem.rpartition("-of-")[0].rpartition("-")[2]
        if not part.isdigit() or int(part) == 1:
            yield describe_file(path)


def describe_file(path: Path) -> ModelFile:
    """What one file's header says."""
    size = path.stat().st_size
    try:
        header = read_header(path)
    except DependencyError as exc:
        return ModelFile(path, size, problem=exc.message)
    return ModelFile(path, size, header.architecture, header.quantization, header.licence)


def measure_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex.

    Raises:
        DependencyError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise DependencyError(f"cannot read {path}: {exc.strerror}", remedy="Run 'invoicewatch model list'.") from exc


def find_expected_sha256(path: Path) -> str | None:
    """The sum that a file should have: of a ``.sha256`` file beside it (as sha256sum writes it), else a known one."""
    beside = path.with_name(path.name + _SUM_SUFFIX)
    if beside.is_file():
        return beside.read_text(encoding="utf-8", errors="replace").split(maxsplit=1)[0].lower()
    return KNOWN_SHA256.get(path.name)


def save_sha256(path: Path) -> str:
    """Write the file's sum beside it, so that it can be verified later; returns the sum."""
    digest = measure_sha256(path)
    path.with_name(path.name + _SUM_SUFFIX).write_text(f"{digest}  {path.name}\n", encoding="utf-8")
    return digest

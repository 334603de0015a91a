"""Read the header of a GGUF file: what kind of model it is, and what it will need.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little endian).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from invoicewatch.errors import DependencyError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9
_MAX_STRING = 1 << 26
_MAX_PAIRS = 1 << 16
# llama.cpp's enum llama_ftype; the quantizations that people meet.
_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 25: "IQ4_NL",
    30: "IQ4_XS", 32: "BF16",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the header says. ``head_size`` is the length of one key or value vector."""

    architecture: str
    name: str
    quantization: str
    layers: int
    kv_heads: int
    head_size: int
    vocabulary: int
    context_length: int
    licence: str


def read_header(path: Path) -> GgufHeader:
    """Read the metadata of a GGUF file without its tensors.

    Raises:
        DependencyError: The file cannot be read, is no GGUF file, or ends within its header.
    """
    try:
        with path.open("rb") as file:
            pairs = _read_pairs(file)
    except (OSError, struct.error, UnicodeDecodeError, ValueError) as exc:
        raise DependencyError(
            f"{path} is not a GGUF model that can be read: {exc}",
            remedy="Run 'invoicewatch model fetch', or set [model] path to a GGUF file.",
            code="model_unreadable",
        ) from exc
    return _describe(pairs)


def _read_pairs(file: IO[bytes]) -> dict[str, Any]:
    magic = file.read(4)
    if magic != _MAGIC:
        raise ValueError(f"it begins with {magic!r}, not {_MAGIC!r}")
    version, _tensors, count = struct.unpack("<IQQ", _read(file, 20))
    if version not in _VERSIONS:
        raise ValueError(f"GGUF version {version} is not known")
    if count > _MAX_PAIRS:
        raise ValueError(f"it claims {count} metadata entries")
    pairs = {}
    for _ in range(count):
        key = _read_string(file).decode()
        (kind,) = struct.unpack("<I", _read(file, 4))
        pairs[key] = _read_value(file, kind)
    return pairs


def _read_value(file: IO[bytes], kind: int) -> Any:
    """One value; of an array only its length is kept, since vocabularies are long and none is needed."""
    if kind == _STRING:
        return _read_string(file).decode(errors="replace")
    if kind == _ARRAY:
        item, count = struct.unpack("<IQ", _read(file, 12))
        if item == _STRING:
            for _ in range(count):
                _read_string(file)
        elif item in _SCALARS:
            file.seek(struct.calcsize(_SCALARS[item]) * count, 1)
        else:
            raise ValueError(f"an array of unknown kind {item}")
        return range(count)
    if kind not in _SCALARS:
        raise ValueError(f"a value of unknown kind {kind}")
    form = _SCALARS[kind]
    (value,) = struct.unpack(form, _read(file, struct.calcsize(form)))
    return value


def _read_string(file: IO[bytes]) -> bytes:
    (length,) = struct.unpack("<Q", _read(file, 8))
    if length > _MAX_STRING:
        raise ValueError(f"a text of {length} bytes in the header")
    return _read(file, length)


def _read(file: IO[bytes], size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise ValueError("it ends within its header")
    return content


def _describe(pairs: dict[str, Any]) -> GgufHeader:
    architecture = str(pairs.get("general.architecture", ""))

    def number(key: str, default: int) -> int:
        value = pairs.get(f"{architecture}.{key}", default)
        return value if isinstance(value, int) else default

    heads = number("attention.head_count", 1)
    file_type = pairs.get("general.file_type")
    return GgufHeader(
        architecture=architecture,
        name=str(pairs.get("general.name", "")),
        quantization=_FILE_TYPES.get(file_type, f"type {file_type}") if isinstance(file_type, int) else "unknown",
        layers=number("block_count", 0),
        kv_heads=number("attention.head_count_kv", heads),
        head_size=number("attention.key_length", number("embedding_length", 0) // max(1, heads)),
        vocabulary=len(pairs["tokenizer.ggml.tokens"]) if "tokenizer.ggml.tokens" in pairs else 0,
        context_length=number("context_length", 0),
        licence=str(pairs.get("general.license", "")),
    )

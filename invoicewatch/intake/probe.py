"""Tell whether a file is complete as far as its format says; decodes nothing and trusts nothing."""

# ruff: noqa: PLR2004 - the numbers are those of the formats; each function names its format's rule
from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass

from invoicewatch.intake.probe_tiff import find_tiff_gap

_TAIL_BYTES = 4096
_CHUNK_BYTES = 1 << 20
_MAX_STEPS = 100_000
_AFTER_XML = b" \t\r\n\0\xef\xbb\xbf"
_JPEG_SOS = 0xDA
_JPEG_STANDALONE = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})  # TEM, SOI, RSTn: markers without a length


@dataclass(frozen=True, slots=True)
class ProbedFile:
    """An open file that can be read anywhere."""

    descriptor: int
    size: int

    def read(self, offset: int, count: int) -> bytes:
        """Up to ``count`` bytes from ``offset``."""
        return os.pread(self.descriptor, count, offset) if 0 <= offset < self.size else b""

    @property
    def tail(self) -> bytes:
        """The last few kilobytes."""
        return self.read(max(0, self.size - _TAIL_BYTES), _TAIL_BYTES)


def find_gap(file: ProbedFile, media_type: str) -> str | None:
    """What is missing for the file to be complete, in words, or None if nothing is.

    A type that is not known counts as complete: it is refused later, with the right reason. Raises OSError.
    """
    if file.size == 0:
        return "it is empty"
    head = file.read(0, 512)
    if not head.strip(b"\0"):
        return "it begins with zeros: its space is reserved but not filled"
    probe = _PROBES.get(media_type)
    return probe(file) if probe else None


def _find_pdf_gap(file: ProbedFile) -> str | None:
    """ISO 32000-1, 7.5.5: the last line is ``%%EOF``; readers accept it anywhere in the last kilobyte or so."""
    return None if b"%%EOF" in file.tail else "the PDF has no trailer yet"


def _find_jpeg_gap(file: ProbedFile) -> str | None:
    """ITU-T T.81, B.1.1: segments up to the scan; in a scan FF is stuffed, so FF D9 ends the image."""
    offset = 2
    for _ in range(_MAX_STEPS):
        marker = file.read(offset, 4)
        if len(marker) < 4 or marker[0] != 0xFF:
            return "the JPEG breaks off in its header"
        if marker[1] == _JPEG_SOS:
            return None if _has_backwards(file, b"\xff\xd9", offset) else "the JPEG has no end marker yet"
        if marker[1] == 0xFF:
            offset += 1
        elif marker[1] in _JPEG_STANDALONE:
            offset += 2
        else:
            offset += 2 + int.from_bytes(marker[2:4], "big")
    return "the JPEG's header does not end"


def _has_backwards(file: ProbedFile, wanted: bytes, start: int) -> bool:
    """Whether ``wanted`` stands anywhere after ``start``, looking from the end: normally it is right there."""
    end = file.size
    while end > start:
        begin = max(start, end - _CHUNK_BYTES)
        if wanted in file.read(begin, end - begin + len(wanted) - 1):
            return True
        end = begin
    return False


def _find_png_gap(file: ProbedFile) -> str | None:
    """PNG (ISO/IEC 15948), 5.3: chunks of length, type, data, CRC, the last of type IEND."""
    offset = 8
    for _ in range(_MAX_STEPS):
        header = file.read(offset, 8)
        if len(header) < 8:
            break
        length, kind = struct.unpack(">I4s", header)
        offset += 12 + length
        if kind == b"IEND":
            return None if offset <= file.size else "the PNG breaks off"
    return "the PNG has no end chunk yet"


def _find_bmp_gap(file: ProbedFile) -> str | None:
    """BITMAPFILEHEADER: the file's size at offset 2."""
    stated = max(14, int.from_bytes(file.read(2, 4), "little"))
    return None if file.size >= stated else f"{stated - file.size} bytes of the BMP are missing"


def _find_riff_gap(file: ProbedFile) -> str | None:
    """RIFF: the size of all that follows, at offset 4."""
    stated = int.from_bytes(file.read(4, 4), "little") + 8
    return None if file.size >= stated else f"{stated - file.size} bytes of the WebP are missing"


def _find_heif_gap(file: ProbedFile) -> str | None:
    """ISO/IEC 14496-12, 4.2: boxes of a size and a type; size 1: 64 bits follow; size 0: up to the end."""
    offset, kinds = 0, set()
    for _ in range(_MAX_STEPS):
        header = file.read(offset, 16)
        if len(header) < 8:
            break
        length, kind = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            length = int.from_bytes(header[8:], "big")
        kinds.add(kind)
        if length == 0:
            offset = file.size
            break
        if length < 8:
            return "the HEIF file has a box without a size"
        offset += length
    complete = offset <= file.size and b"meta" in kinds
    return None if complete else "the HEIF file breaks off"


def _find_xml_gap(file: ProbedFile) -> str | None:
    """The last character of a document that is complete closes a tag or a comment; NULs and marks may follow."""
    return None if file.tail.rstrip(_AFTER_XML).endswith(b">") else "the XML breaks off"


def _find_signed_gap(file: ProbedFile) -> str | None:
    """BER (ITU-T X.690, 8.1.3): a length follows the tag, or 80 and then 00 00 at the end; PEM ends with its line."""
    head, broken = file.read(0, 10), "the signed container breaks off"
    if head[:1] != b"\x30":
        armoured = file.read(0, 512).lstrip().startswith(b"-----BEGIN")
        return broken if armoured and b"-----END" not in file.tail else None
    if len(head) < 10:
        return broken
    if head[1] == 0x80:
        return None if file.tail.rstrip(b" \t\r\n").endswith(b"\0\0") else broken
    count = head[1] & 0x7F if head[1] & 0x80 else 0
    stated = 2 + count + (int.from_bytes(head[2 : 2 + count], "big") if count else head[1])
    # It ends with the signature, which is as good as random.
    return None if file.size >= stated and file.tail[-8:].strip(b"\0") else broken


_PROBES: dict[str, Callable[[ProbedFile], str | None]] = {
    "application/pdf": _find_pdf_gap,
    "image/jpeg": _find_jpeg_gap,
    "image/png": _find_png_gap,
    "image/tiff": lambda file: find_tiff_gap(file.read, file.size),
    "image/bmp": _find_bmp_gap,
    "image/webp": _find_riff_gap,
    "image/heic": _find_heif_gap,
    "application/xml": _find_xml_gap,
    "application/pkcs7-mime": _find_signed_gap,
}

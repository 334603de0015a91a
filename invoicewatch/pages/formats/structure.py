"""What a PDF's own dictionaries say of its files, where pdfium gives no answer.

pdfium lists the files of the name tree only. Files may hang elsewhere: in the ``/AF`` array (ISO 32000-2, 14.13) of the
document or of a page. To read them, a catalog of our own is put behind the document in memory, as an incremental update
(ISO 32000-1, 7.5.6) whose name tree names them; pdfium then finds each, packed in whatever way it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium

from invoicewatch.pages.formats.attachments import MAX_FILES, EmbeddedFile, read_attachments

MAX_UNPACKED_BYTES = 20_000_000
"""Of all object streams together: the dictionaries of a document of 10,000 pages have less."""

_PACKED = re.compile(rb"<<(?:(?!<<|\bobj\b).){0,400}?/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_OBJECT = re.compile(rb"(\d{1,7})\s+\d{1,5}\s+R\b")
_ASSOCIATED = re.compile(rb"/AF\s*(?:\[([^\]]{0,2000})\]|(\d{1,7}\s+\d{1,5}\s+R\b))")
_COLLECTION = re.compile(rb"/Collection\s*(?:<<|\d+\s+\d+\s+R\b)")
_START = re.compile(rb"startxref\s+(\d{1,12})")
_SIZE = re.compile(rb"/Size\s+(\d{1,7})\b")


def unpack_dictionaries(content: bytes) -> bytes:
    """The document with its packed objects behind it, as far as they are only deflated and not encrypted."""
    parts = [content]
    left = MAX_UNPACKED_BYTES
    for match in _PACKED.finditer(content):
        try:
            unpacked = zlib.decompressobj().decompress(content[match.end() :], max(1, left))
        except zlib.error:
            continue
        left -= len(unpacked)
        parts.extend(_label_objects(unpacked, match.group()))
        if left <= 0:
            break
    return b"\n".join(parts)


def is_portfolio(dictionaries: bytes) -> bool:
    """Whether a document is a portfolio: a cover, and the files in it are what it is about."""
    return _COLLECTION.search(dictionaries) is not None


def read_associated_files(content: bytes, dictionaries: bytes) -> list[EmbeddedFile]:
    """The files in ``/AF`` of the document, its pages and whatever else; the caller holds pdfium's lock."""
    numbers = _find_associated(dictionaries)
    starts = _START.findall(content)
    if not numbers or not starts:
        return []
    try:
        pdf = pdfium.PdfDocument(_append_catalog(content, numbers, int(starts[-1])))
    except pdfium.PdfiumError:
        return []
    try:
        return [file for file in read_attachments(pdf) if file.content]
    finally:
        pdf.close()


def _label_objects(unpacked: bytes, entries: bytes) -> Iterator[bytes]:
    """The objects of a stream as they would stand outside one, each behind its number (ISO 32000-1, 7.5.7)."""
    first = _FIRST.search(entries)
    begin = int(first[1]) if first else 0
    numbers = re.findall(rb"\d{1,9}", unpacked[:begin])
    starts = [begin + int(offset) for offset in numbers[1::2]]
    for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(unpacked)], strict=False):
        yield b"%s 0 obj %s" % (number, unpacked[start:end])


def _find_associated(dictionaries: bytes) -> list[int]:
    """The objects that ``/AF`` names, at most as many as files are read; an array of its own is followed once."""
    numbers: dict[int, None] = {}
    for array, single in _ASSOCIATED.findall(dictionaries):
        found = [int(number) for number in _OBJECT.findall(array or single)]
        if single:
            listed = re.search(rb"\b%d\s+0\s+obj\s*\[([^\]]{0,2000})\]" % found[0], dictionaries)
            found.extend(int(number) for number in _OBJECT.findall(listed[1] if listed else b""))
        numbers.update(dict.fromkeys(found))
    return list(numbers)[:MAX_FILES]


def _append_catalog(content: bytes, numbers: list[int], start: int) -> bytes:
    """The document with a catalog that has one empty page and names these objects as its files."""
    content = content[max(0, content.find(b"%PDF-")) :]  # places count from the header
    own = max((int(size) for size in _SIZE.findall(content)), default=1)
    names = " ".join(f"({place:03d}) {number} 0 R" for place, number in enumerate(numbers))
    catalog = (
        f"\n{own} 0 obj\n<< /Type /Catalog /Pages {own + 1} 0 R /Names << /EmbeddedFiles << /Names [{names}] >> >> >>"
        f"\nendobj\n"
    ).encode()
    pages = (
        f"{own + 1} 0 obj\n<< /Type /Pages /Count 1 /Kids [<< /Type /Page /MediaBox [0 0 9 9] >>] >>\nendobj\n".encode()
    )
    places = (len(content) + 1, len(content) + len(catalog), len(content) + len(catalog) + len(pages))
    trailer = f"/Size {own + 3} /Root {own} 0 R /Prev {start}"
    if content[start : start + 4] == b"xref":
        rows = "".join(f"{place:010d} 00000 n \n" for place in places[:2])
        update = f"xref\n{own} 2\n{rows}trailer\n<< {trailer} >>\n".encode()
    else:  # tables and streams of references do not mix
        rows = "".join(f"01{place:08x}00" for place in places)
        index = f"/W [1 4 1] /Index [{own} 3] /Filter /ASCIIHexDecode /Length {len(rows) + 1}"
        update = f"{own + 2} 0 obj\n<< /Type /XRef {trailer} {index} >>\nstream\n{rows}>\nendstream\nendobj\n".encode()
    return content + catalog + pages + update + f"startxref\n{places[2]}\n%%EOF\n".encode()

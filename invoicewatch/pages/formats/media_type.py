"""Tell a file's type from its first bytes; names lie."""

from __future__ import annotations

from invoicewatch.pages.formats.envelope import is_envelope

IMAGE_FORMATS = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG",),
    "image/tiff": ("TIFF",),
    "image/bmp": ("BMP",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
}
"""The image types that are read, and Pillow's names for the decoders that may touch them (JPEG opens MPO too)."""

UNKNOWN = "application/octet-stream"
SIGNED = "application/pkcs7-mime"
"""A signed container, whatever is in it."""

_ENVELOPE_WITHIN = 256  # armour, and more base64 than is looked at
_PDF_HEADER_WITHIN = 1024  # ISO 32000-1, annex H: readers accept junk of this many bytes before the header
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})  # ISO/IEC 23008-12
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)
_XML_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<\0", "utf-16-be"),
)
_BEFORE_MARKUP = " \t\r\n\0\ufeff"  # what some programs leave before an XML declaration, marks once more among it


def detect_media_type(content: bytes) -> str:
    """The media type of ``content``, ``application/octet-stream`` where it is none that is known."""
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    image = _detect_image(content)
    if image:
        return image
    if is_envelope(content[:_ENVELOPE_WITHIN]):
        return SIGNED
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return "application/pdf"
    return _detect_markup(content)


def _detect_image(content: bytes) -> str:
    """Those that need more than their first bytes."""
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":  # two reserved fields follow the size
        return "image/bmp"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS else ""


def _detect_markup(content: bytes) -> str:
    head = _decode_head(content[:_PDF_HEADER_WITHIN]).lstrip(_BEFORE_MARKUP)
    if head[:5].lower() == "<?xml":
        return "application/xml"
    if head[:9].lower() == "<!doctype" or head[:5].lower() == "<html":
        return "text/html"
    names_element = len(head) > 1 and head[0] == "<" and (head[1].isalpha() or head.startswith("<!--"))
    return "application/xml" if names_element else UNKNOWN


def _decode_head(head: bytes) -> str:
    for mark, encoding in _XML_ENCODINGS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode("utf-8", "replace")

"""Reads XML that a stranger sent: bounded in size, depth and number of elements, without entities or the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from invoicewatch.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

# An invoice of 10,000 lines has about 300,000 elements, and none nests deeper than 15.
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 64

# The names that the standards give the embedded file, likeliest first (Factur-X 1.0, ZUGFeRD 2, ZUGFeRD 1, XRechnung).
_STANDARD_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_STARTS = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<\0", "utf-16-be"),
)
_AROUND = b" \t\r\n\0" + _UTF_8_MARK
_DECLARES_UTF_16 = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']utf-?16""", re.IGNORECASE)
_NAMES_SPACE = re.compile(rb"<[A-Za-z_][\w.:-]*\s[^<>]*xmlns")
_HEAD_BYTES = 1000


class _BoundedBuilder(TreeBuilder):
    """Builds the tree and refuses one that is made to exhaust memory or the stack."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = 0
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS:
            raise DocumentError(f"the XML has more than {MAX_ELEMENTS} elements", code="hostile_xml")
        if self._depth > MAX_DEPTH:
            raise DocumentError(f"the XML nests deeper than {MAX_DEPTH} elements", code="hostile_xml")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_xml(content: bytes, max_bytes: int) -> Element:
    """The root of the XML in ``content``; line breaks, byte order marks and NULs round it do no harm.

    Raises:
        DocumentError: It is longer than ``max_bytes``, declares a document type or entities (the way of every entity
            attack: no e-invoice needs one), is too deep or too rich, or is no well-formed XML.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if len(content) > max_bytes:
        raise DocumentError(f"the XML has {len(content)} bytes, more than {max_bytes}", code="too_large")
    trimmed, encoding = _trim_xml(content)
    parser = DefusedXMLParser(
        target=_BoundedBuilder(), encoding=encoding, forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(trimmed)
        root: Element = parser.close()
    except DefusedXmlException as exc:
        raise DocumentError("the XML declares a document type or entities", code="hostile_xml") from exc
    except (ParseError, LookupError, ValueError) as exc:  # the latter two: an unknown or lying encoding
        raise DocumentError(f"the XML is not well formed: {exc}", code="damaged") from exc
    return root


def iterate_xml(attachments: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The XML files among embedded ones, those with a name from the standards first."""
    names = [name for name, content in attachments.items() if name.lower().endswith(".xml") or _looks_like_xml(content)]
    for name in sorted(names, key=_rank_name):
        yield name, attachments[name]


def _looks_like_xml(content: bytes) -> bool:
    """Whether it has a declaration, or an element with a namespace first, as every e-invoice has."""
    head = _trim_xml(content[:_HEAD_BYTES])[0]
    return head.startswith(b"<?xml") or _NAMES_SPACE.match(head) is not None


def _trim_xml(content: bytes) -> tuple[bytes, str | None]:
    """The XML without what stands round it, and the encoding it is in where that is not as its declaration says."""
    after_blanks = content.lstrip(b" \t\r\n")
    for mark, encoding in _UTF_16_STARTS:
        if after_blanks.startswith(mark):
            text = after_blanks.decode(encoding, "replace").strip(" \t\r\n\0\ufeff")
            return text.encode("utf-8", "replace"), "utf-8"
    trimmed = content.strip(_AROUND)
    lies = after_blanks.startswith(_UTF_8_MARK) or _DECLARES_UTF_16.match(trimmed)
    return trimmed, "utf-8" if lies else None


def _rank_name(name: str) -> tuple[int, str]:
    lower = name.lower()
    return (_STANDARD_NAMES.index(lower) if lower in _STANDARD_NAMES else len(_STANDARD_NAMES), lower)

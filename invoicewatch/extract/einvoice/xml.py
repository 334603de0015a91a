"""Reads XML that a stranger sent: bounded in size, depth and number of elements, without entities or the network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice.syntax import SYNTAXES, Syntax, qualify_path

if TYPE_CHECKING:
    from collections.abc import Iterator

# An invoice of 10,000 lines has about 300,000 elements, and none nests deeper than 15.
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 64
# Longer than any name or number that a person would write; what is longer is not a value.
MAX_VALUE_CHARS = 500

# The names that the standards give the embedded file, likeliest first (Factur-X 1.0, ZUGFeRD 2, ZUGFeRD 1, XRechnung).
_STANDARD_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")


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
    """The root of the XML in ``content``.

    Raises:
        DocumentError: It is longer than ``max_bytes``, declares a document type or entities (the way of every entity
            attack: no e-invoice needs one), is too deep or too rich, or is no well-formed XML.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if len(content) > max_bytes:
        raise DocumentError(f"the XML has {len(content)} bytes, more than {max_bytes}", code="too_large")
    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as exc:
        raise DocumentError("the XML declares a document type or entities", code="hostile_xml") from exc
    except (ParseError, LookupError, ValueError) as exc:  # the latter two: an unknown or lying encoding
        raise DocumentError(f"the XML is not well formed: {exc}", code="damaged") from exc
    return root


def find_invoice_element(root: Element) -> tuple[Element, Syntax] | None:
    """The first element that is an invoice in a known syntax: the root, or inside an envelope; else None."""
    for element in root.iter():
        syntax = SYNTAXES.get(element.tag)
        if syntax is not None:
            return element, syntax
    return None


def iterate_xml(attachments: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The XML files among embedded ones, those with a name from the standards first."""
    names = [name for name, content in attachments.items() if name.lower().endswith(".xml") or _looks_like_xml(content)]
    for name in sorted(names, key=_rank_name):
        yield name, attachments[name]


def find_text(invoice: Element, syntax: Syntax, term: str, currency: str = "") -> str:
    """The text of a term, line by line with single spaces; empty where it is missing or absurdly long."""
    for path in syntax.paths[term]:
        for element in invoice.findall(qualify_path(path).replace("{currency}", currency)):
            lines = (" ".join(line.split()) for line in (element.text or "").splitlines())
            text = "\n".join(line for line in lines if line)
            if text and len(text) <= MAX_VALUE_CHARS:
                return text
    return ""


def _looks_like_xml(content: bytes) -> bool:
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")


def _rank_name(name: str) -> tuple[int, str]:
    lower = name.lower()
    return (_STANDARD_NAMES.index(lower) if lower in _STANDARD_NAMES else len(_STANDARD_NAMES), lower)

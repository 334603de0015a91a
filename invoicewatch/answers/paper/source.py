"""The XML of an e-invoice as it stands on the page: every element that a field was read from can be led to."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from invoicewatch.answers.paper.elements import make
from invoicewatch.extract.einvoice.xpath import name_steps

# More than an invoice of a thousand lines has; a page of a million would show nothing to anyone.
MAX_ELEMENTS = 50_000
MAX_TEXT = 2_000


def list_anchors(xpaths: list[str]) -> Mapping[str, str]:
    """An anchor for each path that there is."""
    return {path: f"e{number}" for number, path in enumerate(dict.fromkeys(filter(None, xpaths)), start=1)}


def make_source(root: Element, anchors: Mapping[str, str]) -> Element:
    """The document, an element a row, those of ``anchors`` with theirs."""
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        return make("p", f"The XML has more than {MAX_ELEMENTS:,} elements and is left out.")
    return make("div", _make_row(root, f"/*:{_local(root.tag)}", anchors), class_="xml")


def _make_row(element: Element, path: str, anchors: Mapping[str, str]) -> Element:
    told = "".join(f' {_local(name)}="{_cut(value)}"' for name, value in element.attrib.items())
    text = (element.text or "").strip()
    row = make("div", make("b", _local(element.tag)), f"{told}: {_cut(text)}" if text else told, title=path)
    if path in anchors:
        row.set("id", anchors[path])
    for step, child in name_steps(element):
        row.append(_make_row(child, f"{path}/{step}", anchors))
    return row


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]} ..."


def _local(name: str) -> str:
    return name.rpartition("}")[2]

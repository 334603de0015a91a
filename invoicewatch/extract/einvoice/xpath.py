"""Where an element stands in its document, as XPath 2.0 over local names: ``/*:Invoice/*:TaxTotal[2]/*:TaxAmount``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from invoicewatch.extract.einvoice.syntaxes.record import qualify_path

_ITEM = re.compile(r"\((.+)\)\[(\d+)\]")


class Places:
    """Finds the way to elements of one document."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._parents: dict[Element, Element] = {}

    def write_path(self, element: Element | None) -> str:
        """The path to ``element``; empty where it is no element of the document."""
        if element is None:
            return ""
        if not self._parents:  # only now: most documents have no e-invoice
            self._parents = {child: parent for parent in self._root.iter() for child in parent}
        steps: list[str] = []
        while element is not self._root:
            parent = self._parents.get(element)
            if parent is None:
                return ""
            steps.append(next(step for step, child in name_steps(parent) if child is element))
            element = parent
        return "/".join(["", f"*:{_local(element)}", *reversed(steps)])


def find_item(invoice: Element, path: str) -> Element | None:
    """The element that the path of a line or a tax names, from the invoice's own; None where there is none."""
    named = _ITEM.fullmatch(path)
    elements = invoice.findall(qualify_path(named[1] if named else path)) if path else []
    number = int(named[2]) if named else 1
    return elements[number - 1] if number <= len(elements) else None


def name_steps(parent: Element) -> Iterator[tuple[str, Element]]:
    """The children with their step of a path; only twins have a number."""
    names = [_local(child) for child in parent]
    twins, seen = Counter(names), Counter[str]()
    for name, child in zip(names, parent, strict=True):
        seen[name] += 1
        yield (f"*:{name}[{seen[name]}]" if twins[name] > 1 else f"*:{name}"), child


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]

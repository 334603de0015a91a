"""Where an element stands in its document, as XPath 2.0 over local names: ``/*:Invoice/*:TaxTotal[2]/*:TaxAmount``."""

from __future__ import annotations

from xml.etree.ElementTree import Element


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
            steps.append(_write_step(element, parent))
            element = parent
        return "/".join(["", f"*:{_local(element)}", *reversed(steps)])


def _write_step(element: Element, parent: Element) -> str:
    twins = [child for child in parent if _local(child) == _local(element)]
    place = next(number for number, twin in enumerate(twins, start=1) if twin is element)
    return f"*:{_local(element)}[{place}]" if len(twins) > 1 else f"*:{_local(element)}"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]

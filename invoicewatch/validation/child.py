"""The process that checks: it holds Saxon's virtual machine and the compiled rules, and reads its pipe until that ends.

A request is JSON with ``xml``, ``schema`` and ``stylesheets`` (path, and how the ids that count begin); an answer has
``broken`` (id, words, XPath of each rule) or ``error``. The XML has neither a document type nor entities: the caller
wrote it from a tree that was read without them.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

# Of memory that is written to: Saxon reserves 32 GB of addresses, which it never uses.
MAX_DATA_BYTES = 1 << 30
MAX_BROKEN = 100

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_NO_ERRORS = frozenset({"warning", "warn", "information", "info"})
_NAMESPACE_TEST = re.compile(r"\[namespace-uri\(\)='[^']*'\]")
_FIRST = re.compile(r"^\s*\[([A-Z][\w.-]+)\]\s*-?\s*")
_IN_SCHEMA_WORDS = re.compile(r"\{[^{}]*\}")
_PREFIX = re.compile(r"(?<=/)(?:[\w.-]+:)?(?=[A-Za-z_])")


def main(argv: list[str]) -> None:
    """Answer requests from the pipe whose file descriptor is ``argv[1]``."""
    pipe = Connection(int(argv[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA_BYTES, MAX_DATA_BYTES))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600")
    rules = _Rules()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            answer = _answer(rules, json.loads(pipe.recv_bytes()))
            pipe.send_bytes(json.dumps(answer).encode())


def _answer(rules: _Rules, request: dict[str, Any]) -> dict[str, Any]:
    """Whatever a library raises ends here: it is the checker's trouble and says nothing of the invoice."""
    try:
        broken = list(rules.check_schema(request["schema"], request["xml"]))
    except Exception as exc:  # noqa: BLE001 - the boundary of this process
        return {"error": f"{type(exc).__name__}: {exc}"}
    try:
        for path, only in request["stylesheets"]:
            broken += [rule for rule in rules.check_rules(path, request["xml"]) if rule[0].startswith(only)]
    except Exception as exc:  # noqa: BLE001 - the boundary of this process
        if not broken:  # rules reckon with values that the schema has refused, and give up at them
            return {"error": f"{type(exc).__name__}: {exc}"}
    return {"broken": list(dict.fromkeys(broken))[:MAX_BROKEN]}


class _Rules:
    """Schemas and stylesheets, compiled when they are first used."""

    def __init__(self) -> None:
        from saxonche import PySaxonProcessor

        self._saxon = PySaxonProcessor(license=False)
        self._saxon.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "file")
        self._xslt = self._saxon.new_xslt30_processor()
        self._stylesheets: dict[str, Any] = {}
        self._schemas: dict[str, Any] = {}

    def check_schema(self, path: str, xml: str) -> Iterator[tuple[str, str, str]]:
        """What of the XML is not as the schema has it."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        if path not in self._schemas:
            self._schemas[path] = etree.XMLSchema(etree.parse(path, parser))
        schema = self._schemas[path]
        schema.validate(etree.fromstring(xml.encode(), parser))
        for error in schema.error_log:
            yield "XSD", _IN_SCHEMA_WORDS.sub("", error.message), _PREFIX.sub("*:", error.path or "")

    def check_rules(self, path: str, xml: str) -> Iterator[tuple[str, str, str]]:
        """The rules that fail, warnings left out."""
        from lxml import etree

        if path not in self._stylesheets:
            self._stylesheets[path] = self._xslt.compile_stylesheet(stylesheet_file=path)
        report = self._stylesheets[path].transform_to_string(xdm_node=self._saxon.parse_xml(xml_text=xml))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        for element in etree.fromstring(report.encode(), parser).iter(
            f"{_SVRL}failed-assert", f"{_SVRL}successful-report"
        ):
            severity = (element.get("flag") or element.get("role") or "").lower()
            if severity not in _NO_ERRORS:
                yield _describe(element)


def _describe(element: Any) -> tuple[str, str, str]:
    """The id is what the words begin with in brackets; some reports have a number of their own for it."""
    words = " ".join("".join(element.itertext()).split())
    named = _FIRST.match(words)
    name = named[1] if named else element.get("id") or "unnamed"
    return name, words[named.end() :] if named else words, _NAMESPACE_TEST.sub("", element.get("location") or "")


if __name__ == "__main__":
    main(sys.argv)

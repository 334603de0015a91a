"""Boils the brands of OpenStreetMap's name-suggestion-index down to marks: ``python -m benchmarks.learn.brands FILE``.

FILE is ``dist/json/nsi.min.json`` of the npm package of that name (``npm pack name-suggestion-index``; BSD-3-Clause).
Only what trades with people is kept: shops, restaurants, fuel, offices, hotels. Of a name a mark of four bytes is left.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from invoicewatch.extract.parties.names.brands import MIN_CHARS, mark_of

_KINDS = tuple(
    f"brands/{kind}/" for kind in ("shop", "amenity", "office", "tourism", "leisure", "healthcare", "craft", "club")
)
_NO_SELLERS = frozenset({"amenity/atm", "amenity/vending_machine", "amenity/letter_box", "amenity/post_box"})
_OUT = Path("invoicewatch/extract/parties/names/brands.bin")
_HEAD = """invoicewatch brand marks
crc32 of brand names, letters and digits only, without case; little-endian uint32, ascending, after the empty line
Made from name-suggestion-index {version} by benchmarks/learn/brands.py
Copyright name-suggestion-index contributors, BSD-3-Clause, https://github.com/osmlab/name-suggestion-index

"""


def write_brands(index: Path, out: Path) -> int:
    """Write the marks of all names in ``index`` to ``out``; returns how many there are."""
    content = json.loads(index.read_text(encoding="utf-8"))
    marks = sorted({mark for name in _list_names(content["nsi"]) for mark in [mark_of(name)] if mark is not None})
    head = _HEAD.format(version=content["_meta"]["version"]).encode()
    out.write_bytes(head + np.array(marks, dtype="<u4").tobytes())
    return len(marks)


def _list_names(index: Mapping[str, Any]) -> Iterator[str]:
    for kind, category in index.items():
        if kind.startswith(_KINDS) and kind.removeprefix("brands/") not in _NO_SELLERS:
            for item in category["items"]:
                tags = item["tags"]
                names = {item["displayName"], tags.get("name", ""), tags.get("brand", ""), *item.get("matchNames", [])}
                yield from (name for name in names if len(name) >= MIN_CHARS)


if __name__ == "__main__":
    print(write_brands(Path(sys.argv[1]), _OUT), "names")

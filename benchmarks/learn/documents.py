"""Documents to learn from: readings that were kept, with their truth, by source."""

from __future__ import annotations

import json
import pickle
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from invoicewatch.records import Reading
from invoicewatch.samples.free.sample import free_reading

_LIST = Path(__file__).with_name("sources.toml")
_ERRORS = Path(__file__).resolve().parents[1] / "label-errors.toml"
_SCANS = ("-g1", "-g2")
_MONEY = frozenset({"total", "net_total", "tax_total", "amount_due"})
_NAMES = frozenset({"seller_name", "buyer_name"})
_SAME_NAME = 90.0
_DAMAGE = (0.0, 0.03, 0.1)
GENERATED = "generated"
"""The name of the source that is made here: many layouts, on which no figure is reported as of real paper."""


@dataclass(frozen=True)
class Labelled:
    """A document that was read, and what it really says.

    ``fields`` are true values by name, None where the page shows none; ``also`` are other values that are as right.
    """

    source: str
    name: str
    readings: tuple[Reading, ...]
    attachments: Mapping[str, bytes]
    fields: Mapping[str, str | None]
    also: Mapping[str, tuple[str, ...]]

    def is_right(self, field: str, value: str) -> bool:
        """Whether ``value`` is the truth of ``field``; False where there is no truth."""
        return _is_any((self.fields.get(field), *self.also.get(field, ())), field, value)


def is_right(truth: Mapping[str, Any], field: str, value: str) -> bool:
    """Whether ``value`` is what a line of ``truth.jsonl`` says of ``field``, or one of the values that are as right."""
    return _is_any((truth["fields"].get(field), *_list_also(truth).get(field, ())), field, value)


def _is_any(truths: Iterable[str | None], field: str, value: str) -> bool:
    return any(truth is not None and is_same(field, truth, value) for truth in truths)


def is_same(field: str, truth: str, value: str) -> bool:
    """Money by its value, names by their letters and digits with one in ten wrong, all else by letters and digits."""
    if field in _MONEY:
        try:
            return Decimal(truth) == Decimal(value)
        except InvalidOperation:
            return False
    mine, theirs = _fold(truth), _fold(value)
    if field in _NAMES:
        return bool(mine and theirs) and fuzz.ratio(mine, theirs) >= _SAME_NAME
    return mine == theirs


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def list_sources() -> dict[str, tuple[str, ...]]:
    """The open sources by name, each with its sets; the sealed ones are not among them."""
    listed = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return {name: tuple(sets) for name, sets in listed["sources"].items()}


def load_labelled(kept: Path, data: Path) -> Iterator[Labelled]:
    """Every document of the open sources whose reading was kept.

    Args:
        kept: A folder a set, in it a pickle a document, as ``keep.py`` writes them.
        data: A folder a set, in it ``truth.jsonl``. The scans of a set stand beside it under a name of their own.
    """
    for source, sets in list_sources().items():
        for name in sets:
            truths = find_truths(data, name)
            for file in sorted((kept / name).glob("*.pickle")):
                truth = truths.get(Path(file.stem).stem)
                if truth is not None:
                    yield _label(source, f"{name}/{Path(file.stem).stem}", pickle.loads(file.read_bytes()), truth)


def make_generated(count: int, first_seed: int) -> Iterator[Labelled]:
    """Documents of free layouts, every third read without a mistake, the others as engines misread."""
    for seed in range(first_seed, first_seed + count):
        readings, fields = free_reading(seed, damage=_DAMAGE[seed % len(_DAMAGE)])
        yield Labelled(GENERATED, f"free/{seed}", tuple(readings), {}, fields, {})


def find_truths(data: Path, name: str) -> dict[str, dict[str, Any]]:
    """The lines of a set's ``truth.jsonl`` by the document's name without its ending.

    A set ``NAME-g1`` or ``NAME-g2`` holds scans of ``NAME-dev`` and shares its truth. A value that is known to be
    another than the page prints (``label-errors.toml``) is no truth.
    """
    folder, errors = _name_folder(name), _list_errors()
    text = (data / folder / "truth.jsonl").read_text(encoding="utf-8")
    truths = {Path(line["file"]).stem: line for line in map(json.loads, filter(str.strip, text.splitlines()))}
    for stem, line in truths.items():
        wrong = {field for field in line["fields"] if (f"{folder}/{stem}", field) in errors}
        line["fields"] |= dict.fromkeys(wrong)
    return truths


def _label(source: str, name: str, kept: Mapping[str, Any], truth: Mapping[str, Any]) -> Labelled:
    return Labelled(source, name, kept["enhanced"], kept["attachments"], truth["fields"], _list_also(truth))


@cache
def _list_errors() -> frozenset[tuple[str, str]]:
    """The labels that say otherwise than the page, as document and field."""
    listed = tomllib.loads(_ERRORS.read_text(encoding="utf-8"))["error"]
    return frozenset((error["document"], error["field"]) for error in listed)


def _name_folder(name: str) -> str:
    """The set whose truth a set shares: ``NAME-g1`` and ``NAME-g2`` hold scans of ``NAME-dev``."""
    return f"{name[:-3]}-dev" if name.endswith(_SCANS) else name


def _list_also(truth: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The values that are as right, by field; a bare list is of names of the seller."""
    also = truth.get("also") or {}
    also = also if isinstance(also, dict) else {"seller_name": also}
    return {field: (each,) if isinstance(each, str) else tuple(each) for field, each in also.items()}


def list_folders(data: Path) -> list[Path]:
    """The folders of the open sources' sets that lie in ``data``."""
    sets = (data / name for names in list_sources().values() for name in names)
    return [folder for folder in sets if folder.is_dir()]


if __name__ == "__main__":
    print(*list_folders(Path(sys.argv[1])), sep="\n")

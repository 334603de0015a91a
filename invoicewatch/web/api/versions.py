"""Which state of a record a program has seen: entity tags (RFC 9110, 8.8.3 and 13.1)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.records.as_json import stored_to_json
from invoicewatch.answers.records.find import get_invoice
from invoicewatch.answers.records.version import find_version
from invoicewatch.records.contract.record import ShownJson
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.page_rows import read_page_words
from invoicewatch.store.records.refused import read_refusals

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e]*)"')


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it is told, and the name of its state."""

    values: ShownJson
    version: str
    tag: str


def read_shown(state_dir: Path, number: int) -> Shown:
    """The record of that number. Raises ConfigError if there is none."""
    with open_reader(state_dir) as reader:
        stored = get_invoice(reader, str(number))
        twins = list_near_duplicates(reader, stored.id)
        words = read_page_words(reader, stored.id)
        refusals = read_refusals(reader, stored.id)
    # Other scans of it and refusals come and go without the record being another one: a change need not know of them.
    beside = [list(twins), [(each.id, each.stands) for each in refusals]]
    others = hashlib.sha256(repr(beside).encode()).hexdigest()[:6]
    version = find_version(stored)
    return Shown(stored_to_json(stored, twins, refusals, words), version, f'"{version}.{others}"')


def is_known(shown: Shown, if_none_match: str | None) -> bool:
    """Whether a program has this very state already."""
    return if_none_match is not None and (
        if_none_match.strip() == "*" or shown.tag in {f'"{tag}"' for _, tag in _TAG.findall(if_none_match)}
    )


def choose_version(shown: Shown, if_match: str) -> str | None:
    """The version that a change is for; None for any. One that no record has, if none of those named is this one's."""
    if if_match.strip() == "*":
        return None
    named = [tag.partition(".")[0] for weak, tag in _TAG.findall(if_match) if not weak]
    return shown.version if shown.version in named else "another"

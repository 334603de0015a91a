"""The words of free layouts, from one TOML file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

_CAPITALS = 0.08  # how often all labels are in capitals
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "sv", "da", "nb", "fi", "tr", "hr")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one document: ``one`` wording of each meaning, and ``many`` to draw from."""

    one: Mapping[str, str]
    many: Mapping[str, tuple[str, ...]]

    def say(self, meaning: str, **fills: str) -> str:
        """The words for a meaning, with what stands in braces filled in."""
        return self.one[meaning].format(**fills) if fills else self.one[meaning]


def choose_wording(language: str, tax_name: str, rng: Random) -> Wording:
    """Draw one wording of every meaning; a document keeps to it."""
    table = _load(language)
    one = {meaning: rng.choice(variants).replace("{tax}", tax_name) for meaning, variants in table["one"].items()}
    if rng.random() < _CAPITALS:
        plain = {meaning for meaning, text in one.items() if "{" not in text and not meaning.startswith("title")}
        one |= {meaning: one[meaning].upper() for meaning in plain}
    return Wording(one, table["many"])


@cache
def _load(language: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = (files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return {
        part: {meaning: tuple(variants) for meaning, variants in meanings.items()}
        for part, meanings in tomllib.loads(text).items()
    }

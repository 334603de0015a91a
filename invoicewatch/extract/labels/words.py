"""Words of all languages as they are looked for in running text: in a regular expression, or one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from invoicewatch.extract.labels.kept import load_kept
from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_international, load_languages, load_roles

_NEVER = r"(?!)"


@cache
def list_words(table: str, role: str) -> tuple[str, ...]:
    """The words of a role in every language, brackets expanded, each once; those that belong to no language last.

    Raises:
        ConfigError: A language's file is broken.
    """
    tables = [*(language.tables for language in load_languages()), load_international()]
    entries = (entry for each in tables for entry in each.get(table, {}).get(role, ()))
    return tuple(dict.fromkeys(word for entry in entries for word in expand_phrase(entry)))


@cache
def write_pattern(table: str, role: str) -> str:
    r"""A regular expression's group that matches any word of a role, the longest that fits.

    A star stands for any letters, a blank for one blank of any kind. Word boundaries, and whether case counts, are the
    caller's. Without words it never matches.
    """
    return _load_patterns()[table][role]


@cache
def _load_patterns() -> Mapping[str, Mapping[str, str]]:
    return load_kept("patterns", dict[str, dict[str, str]], _write_patterns, __file__)


def _write_patterns() -> dict[str, dict[str, str]]:
    return {
        table: {role: _write_pattern(list_words(table, role)) for role in roles}
        for table, roles in load_roles().items()
    }


def _write_pattern(words: Iterable[str]) -> str:
    escaped = [tuple(map(_escape, word)) for word in words]
    return f"(?:{_write_rest(escaped)})" if escaped else _NEVER


def _escape(char: str) -> str:
    return {" ": r"\s", "*": r"\w*"}.get(char) or re.escape(char)


def _write_rest(words: Iterable[tuple[str, ...]]) -> str:
    """The words with their common beginnings written once: much faster to match than one after the other."""
    rests: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        rests.setdefault(word[0] if word else "", []).append(word[1:])
    ends = rests.pop("", None) is not None
    choices = [head + _write_rest(each) for head, each in rests.items()]
    if len(choices) == 1 and not ends:
        return choices[0]  # without a group of its own, which would take time to compile
    return f"(?:{'|'.join(choices)}){'?' if ends else ''}" if choices else ""

"""Reads the languages' files, once a change of them, and refuses what is misspelt in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from invoicewatch.errors import ConfigError
from invoicewatch.extract.labels.kept import load_kept
from invoicewatch.extract.labels.language import Language, Tables

_LANGUAGE_FILE = re.compile(r"([a-z]{2,3})\.toml")
_INTERNATIONAL = "international.toml"
_ROLES = "roles.toml"
_MONTHS = "months"
# What [language] states: of which type, and which values it may have (any, where none are named).
_STATED: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "name": (str, ()),
    "precedence": (int, ()),
    "date_order": (str, ("dmy", "mdy", "both")),
    "decimal_sign": (str, (",", ".")),
    "tesseract": (str, ()),
    "currency": (str, ()),
}


@cache
def load_languages() -> tuple[Language, ...]:
    """All languages that have a file, in the order of their precedence.

    Raises:
        ConfigError: A file is not what docs/languages.md says; the message names the file and the key.
    """
    return _load_all()[0]


@cache
def load_international() -> Tables:
    """The words that belong to no language. Raises ConfigError like :func:`load_languages`."""
    return _load_all()[1]


@cache
def load_roles() -> Mapping[str, Mapping[str, str]]:
    """What each role means, by table and role; of two roles that hold one phrase, the first keeps it."""
    return _parse(_ROLES, _read(_ROLES))


def parse_language(code: str, text: str) -> Language:
    """The language ``code`` of the file whose text this is. Raises ConfigError naming the file and the key."""
    origin = f"{code}.toml"
    found = _parse(origin, text)
    stated = _check_statement(found.pop("language", None), origin)
    tables = _check_tables(found, origin)
    for month in load_roles()[_MONTHS]:
        if not tables.get(_MONTHS, {}).get(month):
            raise _refuse(origin, f"[{_MONTHS}] {month} is missing", "Name all twelve months.")
    return Language(code=code, tables=tables, **stated)


@cache
def _load_all() -> tuple[tuple[Language, ...], Tables]:
    return load_kept("languages", tuple[tuple[Language, ...], Tables], _read_all, __file__)


def _read_all() -> tuple[tuple[Language, ...], Tables]:
    found = (_LANGUAGE_FILE.fullmatch(file.name) for file in _find_folder().iterdir())
    languages = [parse_language(match[1], _read(match[0])) for match in found if match]
    ranked = sorted(languages, key=lambda language: (language.precedence, language.code))
    return tuple(ranked), _check_tables(_parse(_INTERNATIONAL, _read(_INTERNATIONAL)), _INTERNATIONAL)


def _find_folder() -> Traversable:
    return resources.files("invoicewatch.extract.labels")


def _read(name: str) -> str:
    return _find_folder().joinpath(name).read_text(encoding="utf-8")


def _parse(origin: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ConfigError(f"labels/{origin} is not valid TOML: {exc}", remedy="Mend that line.") from exc


def _check_statement(stated: object, origin: str) -> dict[str, Any]:
    """What ``[language]`` states: every key there and of its kind, and no other."""
    if not isinstance(stated, dict):
        raise _refuse(origin, "[language] is missing", f"State its {', '.join(_STATED)}.")
    for key in sorted(stated.keys() ^ _STATED.keys()):
        what = "is missing" if key in _STATED else "is unknown"
        raise _refuse(origin, f"[language] {key} {what}", f"State {', '.join(_STATED)}, and nothing else.")
    for key, (kind, choices) in _STATED.items():
        if type(stated[key]) is not kind or (choices and stated[key] not in choices):
            wanted = " or ".join(map(repr, choices)) or {str: "a text", int: "a whole number"}[kind]
            raise _refuse(origin, f"[language] {key} is {stated[key]!r}", f"Write {wanted}.")
    return stated


def _check_tables(tables: Mapping[str, Any], origin: str) -> Tables:
    """Known tables of known roles, each a list of phrases."""
    roles = load_roles()
    for table, entries in tables.items():
        if table not in roles:
            raise _refuse(origin, f"[{table}] is an unknown table", f"Use one of {', '.join(roles)}.")
        if not isinstance(entries, dict):
            raise _refuse(origin, f"{table} is not a table", f"Write [{table}], and under it a list a role.")
        for role, phrases in entries.items():
            if role not in roles[table]:
                raise _refuse(origin, f"[{table}] {role} is an unknown role", f"Use one of {', '.join(roles[table])}.")
            if not isinstance(phrases, list) or not all(isinstance(each, str) and each.strip() for each in phrases):
                raise _refuse(origin, f"[{table}] {role} is not a list of phrases", 'Write it as ["one", "two"].')
    return {table: {role: tuple(each) for role, each in entries.items()} for table, entries in tables.items()}


def _refuse(origin: str, fault: str, remedy: str) -> ConfigError:
    return ConfigError(f"labels/{origin}: {fault}", remedy=remedy)

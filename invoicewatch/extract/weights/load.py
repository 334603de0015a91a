"""Load the weights of a question, refusing what is misspelt, missing or of no known origin."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar, get_args

import msgspec

from invoicewatch.errors import ConfigError
from invoicewatch.extract.weights.records import Weights

Record = TypeVar("Record", bound=Weights)


def load_weights(record: type[Record]) -> Record:
    """The weights of the question that ``record`` names, from ``weights/QUESTION.toml`` of this package; read once.

    Raises:
        ConfigError: The file is not what ``record`` describes.
    """
    weights = _read_weights(record)
    assert isinstance(weights, record), "each record is parsed as itself"
    return weights


@cache  # a function by itself: the type checker cannot see through a cache what a type variable stands for
def _read_weights(record: type[Weights]) -> Weights:
    file = f"{record.question}.toml"
    text = resources.files("invoicewatch.extract.weights").joinpath(file).read_text(encoding="utf-8")
    return parse_weights(text, f"weights/{file}", record)


def parse_weights(text: str, origin: str, record: type[Record]) -> Record:
    """Parse one file's TOML.

    Raises:
        ConfigError: A name is missing or unknown, or a value is no number; it names ``origin`` and the place.
    """
    try:
        weights = msgspec.convert(tomllib.loads(text), record)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as exc:
        raise ConfigError(f"{origin}: {exc}", remedy="Mend that line.") from exc
    if missing := list(_list_missing(weights)):
        remedy = f"Add a line for each of: {', '.join(missing)}."
        raise ConfigError(f"{origin}: {missing[0]} is missing", remedy=remedy)
    return weights


def _list_missing(weights: Weights) -> Iterator[str]:
    """Features without a weight: a table by feature may hold fewer than there are, for all that msgspec checks."""
    for field in msgspec.structs.fields(weights):
        features = next(iter(get_args(field.type)), None)
        if isinstance(features, type) and issubclass(features, StrEnum):
            given = getattr(weights, field.name)
            yield from (f"{field.name}.{feature}" for feature in features if feature not in given)

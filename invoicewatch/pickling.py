"""Pickle a frozen dataclass by its values: with slots, its own way looks up all field names for every single object.

A record with its readings has some four hundred, and the daemon takes every record from a pipe.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def pickle_by_values(kind: type[T]) -> type[T]:
    """Have objects of a dataclass pickled as their class and their values, in order; it must have two fields at least.

    Stands above ``@dataclass``.
    """
    read: Callable[[Any], tuple[Any, ...]] = attrgetter(*(each.name for each in fields(kind)))  # type: ignore[arg-type]

    def reduce(value: T) -> tuple[type[T], tuple[Any, ...]]:
        return kind, read(value)

    kind.__reduce__ = reduce  # type: ignore[assignment, method-assign]
    return kind

"""What a known payload states, and what a module that reads one offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from invoicewatch.records import FieldValue


class MalformedCodeError(ValueError):
    """A code is of a known kind and breaks its rules; the message says which, in words for people."""


@dataclass(frozen=True, slots=True)
class Payload:
    """Checked values by field name.

    A payment code's amount is ``amount_due``: what is asked for now, which is not always the total. A till's code
    states the ``total`` itself.
    """

    values: Mapping[str, FieldValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Syntax:
    """One kind of payload.

    ``name`` is the standard's, for people. ``begins`` tells by a code's text whether it means to be of this kind;
    ``parse`` reads one that does, and raises `MalformedCodeError`. ``asks_for_money`` tells payment codes from those
    that tills and programs print for the tax office. ``fields`` are the names that it may state.
    """

    name: str
    begins: Callable[[str], bool]
    parse: Callable[[str], Payload]
    asks_for_money: bool
    fields: Mapping[str, str]

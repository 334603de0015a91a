"""National tax numbers as ``tax_numbers.toml`` knows them: their names, shapes and check digits."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import import_module, resources

import msgspec

from invoicewatch.errors import ConfigError
from invoicewatch.extract.page.labels import skeleton_of


class TaxNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of number; the table explains the names."""

    country: str
    names: tuple[str, ...]
    shape: str
    check: str
    digits: bool = True
    vat: bool = False
    labelled: bool = False

    def fits(self, text: str) -> bool:
        """Whether ``text``, in capitals and without punctuation, has the shape."""
        return re.fullmatch(self.shape, text) is not None

    def holds(self, text: str) -> bool:
        """Whether the number can exist: its check digits, or where it has none its parts, are as they must be."""
        from stdnum.exceptions import ValidationError

        try:
            import_module(f"stdnum.{self.check}").validate(text)
        except ValidationError:
            return False
        return True


@cache
def load_tax_numbers() -> tuple[TaxNumber, ...]:
    """The kinds of numbers in the order of the table.

    Raises:
        ConfigError: The table does not hold what it should.
    """
    text = resources.files("invoicewatch.extract").joinpath("numbers", "tax_numbers.toml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text)["number"], tuple[TaxNumber, ...])
    except (KeyError, msgspec.ValidationError) as exc:
        raise ConfigError(f"numbers/tax_numbers.toml: {exc}", remedy="Mend that entry.") from exc


@cache
def load_named_numbers() -> Mapping[str, tuple[TaxNumber, ...]]:
    """The kinds of numbers by the skeleton of each name; several countries share some."""
    named: dict[str, list[TaxNumber]] = defaultdict(list)
    for number in load_tax_numbers():
        for skeleton in dict.fromkeys(map(skeleton_of, number.names)):
            named[skeleton].append(number)
    return {skeleton: tuple(numbers) for skeleton, numbers in named.items()}

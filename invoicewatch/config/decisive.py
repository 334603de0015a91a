"""The fields that decide whether a document is accepted must be fields that there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from invoicewatch.errors import ConfigError
from invoicewatch.records import FIELD_NAMES


def check_fields(names: Iterable[str], origin: str) -> None:
    """Refuse a name in ``[extract] decisive`` that is no field.

    Raises:
        ConfigError: A name is unknown; it names ``origin``, and the field that may be meant.
    """
    for name in names:
        if name not in FIELD_NAMES:
            close = difflib.get_close_matches(name, FIELD_NAMES, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise ConfigError(
                f"{origin}: extract.decisive: there is no field {name!r}{hint}",
                remedy=f"Use some of: {', '.join(FIELD_NAMES)}.",
            )

"""By what sellers are told apart in the database."""

from __future__ import annotations

import unicodedata

# The key of a seller whose name nobody confirmed: this, and the number of its look.
LOOK_KEY = "look:"


def fold_name(name: str) -> str:
    """A name as sellers are told apart: letters and digits only, without case or accents."""
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())

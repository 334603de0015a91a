"""A page of a kind of fault."""

from typing import NamedTuple


class Page(NamedTuple):
    """A page as text, and its true fields; amounts and dates as texts."""

    picture: str
    fields: dict[str, str]

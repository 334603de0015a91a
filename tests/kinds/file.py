"""A file of a kind of fault."""

from typing import NamedTuple


class File(NamedTuple):
    """The bytes of a file, and the true fields of each record that it gives; ``printed`` where it has pages to scan."""

    content: bytes
    records: tuple[dict[str, str], ...]
    printed: bool

"""Mark what is a guess, so that every list and export can say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.judge.acceptance import is_doubtful
from invoicewatch.records import Field


def mark_doubtful(fields: Mapping[str, Field | None], settings: ExtractSettings) -> Mapping[str, Field | None]:
    """The fields, each with whether it is neither proved nor certain enough; ``accepted_error`` is used.

    Each is marked when it is asked for, so that none is looked for because of its mark.
    """
    return _Marked(fields, settings.accepted_error)


class _Marked(Mapping[str, Field | None]):
    def __init__(self, fields: Mapping[str, Field | None], accepted_error: float) -> None:
        self._fields = fields
        self._accepted_error = accepted_error

    def __getitem__(self, name: str) -> Field | None:
        field = self._fields[name]
        return None if field is None else replace(field, doubtful=is_doubtful(field, self._accepted_error))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

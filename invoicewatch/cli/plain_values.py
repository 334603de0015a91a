"""Take options as they are where they are what they should be.

For every option, given or not, typer has pydantic check the value; importing that costs a third of a search. A text
that is to be a text, or a default, needs no check. Everything else still goes to typer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin

_DEMANDS = ("exists", "resolve_path", "allow_dash", "writable")


def spare_checks(params: Sequence[Any]) -> Sequence[Any]:
    """The parameters of a typer command, checked only where that is needed; those of older typers as they are."""
    for param in params:
        check = getattr(param, "get_runtime_param", None)
        if check is not None and hasattr(param, "type_descriptor") and not isinstance(check, partial):
            param.get_runtime_param = partial(_Check, check, param.type_descriptor)
    return params


class _Check:
    """Stands in for the check of one parameter, which ``make`` makes when it is needed."""

    def __init__(self, make: Any, descriptor: Any) -> None:
        self._make = make
        self._descriptor = descriptor

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command takes it; raises typer's own errors."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        wanted = self._descriptor.annotation
        if type(value) is wanted:
            return value
        if get_origin(wanted) is list and _are_texts(value):
            if get_args(wanted) == (str,):
                return list(value)
            if get_args(wanted) == (Path,) and all(map(self._is_plain_path, value)):
                return list(map(Path, value))
        if wanted is Path and self._is_plain_path(value):
            return Path(value)
        return self._make().coerce(value, param=param, ctx=ctx)

    def _is_plain_path(self, value: Any) -> bool:
        info = self._descriptor.parameter_info
        demanding = any(getattr(info, name, False) for name in _DEMANDS) or not (info.file_okay and info.dir_okay)
        return isinstance(value, str) and not demanding and (os.access(value, os.R_OK) or not Path(value).exists())


def _are_texts(values: Any) -> bool:
    return isinstance(values, (list, tuple)) and all(type(value) is str for value in values)

"""Turns pickle off in a process: what is unpickled there is plain data, or refused.

Dask's client unpickles results, exceptions and tracebacks of workers, each of which may run code. Here they may not:
every way to unpickle is replaced before Dask is imported.
"""

from __future__ import annotations

import importlib
import io
import pickle
from typing import Any


class PickleRefusedError(AttributeError):
    """A pickle that names a class or a function; an AttributeError, as Dask expects one of a bad pickle."""


class PlainUnpickler(pickle._Unpickler):  # noqa: SLF001 - the one in Python
    """Makes numbers, texts, bytes and containers of them; refuses what is looked up by name, but ``bytes``."""

    def find_class(self, module: str, name: str) -> Any:
        """The one class that Dask names for an honest answer. Raises PickleRefusedError for all else."""
        if (module, name) == ("builtins", "bytes"):
            return bytes
        raise PickleRefusedError(f"a pickle names {module[:80]}.{name[:80]}")

    def persistent_load(self, pid: Any) -> Any:
        """Refuse likewise."""
        raise PickleRefusedError(f"a pickle names something of another process: {str(pid)[:80]}")


def load_plain(content: Any, /, **options: Any) -> Any:
    """In place of ``pickle.loads``."""
    return PlainUnpickler(io.BytesIO(bytes(content)), **options).load()


def load_plain_file(file: Any, /, **options: Any) -> Any:
    """In place of ``pickle.load``."""
    return PlainUnpickler(file, **options).load()


def turn_pickle_off() -> None:
    """Replace every unpickler of this process, for good; call it before anything that may unpickle is imported."""
    for name in ("pickle", "_pickle"):
        module: Any = importlib.import_module(name)
        module.loads, module.load, module.Unpickler = load_plain, load_plain_file, PlainUnpickler
    # It took over the functions of ``pickle`` when it was imported, if it was.
    cloudpickle: Any = importlib.import_module("cloudpickle")
    for module in (cloudpickle, importlib.import_module("cloudpickle.cloudpickle")):
        for name, plain in (("loads", load_plain), ("load", load_plain_file)):
            if hasattr(module, name):
                setattr(module, name, plain)

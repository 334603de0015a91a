"""How a process of its own says that it failed: by what and where, never with the words, which may quote a document."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from invoicewatch.errors import InvoicewatchError


@contextmanager
def end_without_words() -> Iterator[None]:
    """End the process where the block fails in a way that nobody foresaw; the log of the page gets its last line."""
    try:
        yield
    except InvoicewatchError:
        raise
    except Exception as exc:  # noqa: BLE001 - the boundary of this process
        place = traceback.extract_tb(exc.__traceback__)[-1]
        raise SystemExit(f"{type(exc).__name__} at {place.filename}:{place.lineno}") from None

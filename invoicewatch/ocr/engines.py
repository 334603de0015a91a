"""Find and build the engine that a setting names."""

from __future__ import annotations

from importlib.metadata import EntryPoint

from invoicewatch.config.plugins import entry_points
from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import ConfigError, DependencyError
from invoicewatch.ocr.tesseract.languages import check_languages
from invoicewatch.records import OcrEngine

__all__ = ["GROUP", "check_languages", "list_engines", "load_engine"]

GROUP = "invoicewatch.engines"
"""The entry point group: each names a callable that takes `OcrSettings` and returns an `OcrEngine`."""


def list_engines() -> tuple[str, ...]:
    """The names of all engines that are installed, in order of name."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


def load_engine(name: str, settings: OcrSettings) -> OcrEngine:
    """Build the engine called ``name``; models are loaded when it first reads.

    Raises:
        ConfigError: There is no engine of this name.
        DependencyError: A package that it needs is not installed.
    """
    found = _find_entry(name)
    if found is None:
        raise ConfigError(
            f"there is no OCR engine called {name!r}",
            remedy=f"Installed engines are {', '.join(list_engines())}: set engine and second_opinion in [ocr].",
            code="unknown_engine",
        )
    try:
        build = found.load()
    except ImportError as exc:
        raise DependencyError(
            f"the OCR engine {name!r} cannot be loaded: {exc}",
            remedy=f"Install the package {exc.name or 'it needs'}, or set another engine in [ocr].",
            code="engine_missing",
        ) from exc
    engine: OcrEngine = build(settings)
    return engine


def _find_entry(name: str) -> EntryPoint | None:
    return next(iter(entry_points(group=GROUP, name=name)), None)

"""Set up logging: readable on a terminal, one line of fields an event elsewhere. No document's text is ever logged."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any

import structlog

from invoicewatch.config.settings import LogSettings

_FIRST = ("level", "event", "file")
# journald stamps what it stores; a second stamp would only make the lines longer.
_JOURNAL = "JOURNAL_STREAM"


def set_up_logging(settings: LogSettings, env: Mapping[str, str]) -> None:
    """Send all events to stderr in the configured form."""
    kind = settings.format
    if kind == "auto":
        kind = "console" if sys.stderr.isatty() else "logfmt"
    stamp = [] if _JOURNAL in env else [structlog.processors.TimeStamper(fmt="iso", utc=kind != "console")]
    structlog.configure(
        processors=[structlog.processors.add_log_level, *stamp, _make_encodable, _renderer(kind)],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.level.upper())),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _renderer(kind: str) -> Any:
    match kind:
        case "console":
            return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        case "json":
            return structlog.processors.JSONRenderer()
        case _:
            return structlog.processors.LogfmtRenderer(key_order=_FIRST, drop_missing=True)


def _make_encodable(_logger: Any, _method: str, event: Any) -> Any:
    """File names may hold bytes that are no text, or line breaks: show them escaped."""
    for key, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[key] = value.encode("unicode_escape", "backslashreplace").decode("ascii")
    return event

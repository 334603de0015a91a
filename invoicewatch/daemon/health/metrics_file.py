"""Figures for monitoring in a file that is replaced as a whole: for node_exporter's textfile collector."""

from __future__ import annotations

from pathlib import Path

import structlog

from invoicewatch.config import Config
from invoicewatch.daemon.health.prometheus import write_metrics
from invoicewatch.daemon.health.state import read_health
from invoicewatch.errors import InvoicewatchError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.metrics import read_metrics

_EVERY_S = 15.0
_MODE = 0o644  # figures only, and another user collects them


class MetricsFile:
    """Written at most once in 15 seconds, as counting takes a moment in a large database."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._next_s = 0.0
        self.trouble = ""

    def forget_times(self) -> None:
        """Write now."""
        self._next_s = 0.0

    def write_due(self, now_s: float) -> None:
        """Write it if one is wanted and it is time. What goes wrong is logged once, and kept in ``trouble``."""
        file = self._config.notify.prometheus_file
        if not file or now_s < self._next_s:
            return
        self._next_s = now_s + _EVERY_S
        try:
            replace_text(Path(file), self._make_text(now_s))
        except (OSError, InvoicewatchError) as exc:
            reason = exc.message if isinstance(exc, InvoicewatchError) else exc.strerror or str(exc)
            if not self.trouble:
                structlog.get_logger("invoicewatch.notify").error("cannot write figures", file=file, reason=reason)
            self.trouble = f"cannot write figures to {file}: {reason}"
        else:
            self.trouble = ""

    def _make_text(self, now_s: float) -> str:
        with open_reader(Path(self._config.paths.state)) as reader:
            records = read_metrics(reader)
        return write_metrics(read_health(self._config, now_s), records, now_s)


def replace_text(file: Path, text: str) -> None:
    """Write beside it and rename: a collector never sees half of it, nor the partial file, which ends in no .prom."""
    partial = file.with_name(f".{file.name}.part")
    partial.write_text(text, encoding="utf-8")
    partial.chmod(_MODE)
    partial.replace(file)
